using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Service accounts, whose references to secrets say the name alone.</summary>
internal sealed class ServiceAccountStrategy : KindStrategy<ServiceAccount>
{
    private const string MountableSecrets = "kubernetes.io/enforce-mountable-secrets";

    private static readonly FieldPath Annotation = ObjectMetaValidation.Metadata.Child("annotations").Key(MountableSecrets);

    protected override ServiceAccount Prepare(ServiceAccount created) => WithNamesOnly(created);

    protected override ServiceAccount Prepare(ServiceAccount updated, ServiceAccount old) => WithNamesOnly(updated);

    protected override void Check(FieldErrors errors, ServiceAccount created) => ServiceAccountValidation.Check(errors, created);

    protected override void Check(FieldErrors errors, ServiceAccount updated, ServiceAccount old) => ServiceAccountValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, ServiceAccount created)
    {
        if (created.Metadata.Annotations.ContainsKey(MountableSecrets))
            warnings.Add(Annotation, "deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets");
    }

    protected override void Warn(Warnings warnings, ServiceAccount updated, ServiceAccount old)
    {
        if (!old.Metadata.Annotations.ContainsKey(MountableSecrets)) Warn(warnings, updated);
    }

    private static ServiceAccount WithNamesOnly(ServiceAccount account)
    {
        foreach (var secret in account.Secrets)
            if (secret != new ObjectReference { Name = secret.Name })
                return account with { Secrets = [.. account.Secrets.Select(reference => new ObjectReference { Name = reference.Name })] };
        return account;
    }
}
