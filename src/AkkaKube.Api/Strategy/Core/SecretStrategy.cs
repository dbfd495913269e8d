using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Secrets. The type of one stays unless the update says another, which validation then refuses.</summary>
internal sealed class SecretStrategy : KindStrategy<Secret>
{
    private const string CertificateKey = "tls.crt";
    private const string PrivateKeyKey = "tls.key";

    protected override Secret Prepare(Secret updated, Secret old) => string.IsNullOrEmpty(updated.Type) ? updated with { Type = old.Type } : updated;

    protected override void Check(FieldErrors errors, Secret created) => SecretValidation.Check(errors, created);

    protected override void Check(FieldErrors errors, Secret updated, Secret old) => SecretValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Secret created)
    {
        if (created.Type != "kubernetes.io/tls") return;
        if (!HasPem(created, CertificateKey)) warnings.Add("tls: failed to find any PEM data in certificate input");
        else if (!HasPem(created, PrivateKeyKey)) warnings.Add("tls: failed to find any PEM data in key input");
    }

    protected override void Warn(Warnings warnings, Secret updated, Secret old) => Warn(warnings, updated);

    private static bool HasPem(Secret secret, string key) =>
        secret.Data.TryGetValue(key, out var content) && System.Security.Cryptography.PemEncoding.TryFind(content.ToText(), out _);
}
