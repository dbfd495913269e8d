using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Strategy.Core;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Apps;

namespace AkkaKube.Api.Strategy.Apps;

/// <summary>Deployments. Their annotations count as wanted: the controller copies them to the replica sets.</summary>
internal class DeploymentStrategy : KindStrategy<Deployment>
{
    internal static readonly FieldPath Template = new FieldPath("spec").Child("template");

    internal const string Pods = "Pod names and hostnames";

    public override ValueList<string> ResetFields => ["status"];

    protected override Deployment Prepare(Deployment created) => created with
    {
        Metadata = created.Metadata with { Generation = 1 },
        Spec = WithoutDisabled(created.Spec, null),
        Status = new DeploymentStatus(),
    };

    protected override Deployment Prepare(Deployment updated, Deployment old)
    {
        var spec = WithoutDisabled(updated.Spec, old.Spec);
        var changes = spec != old.Spec || updated.Metadata.Annotations != old.Metadata.Annotations;
        return updated with
        {
            Metadata = changes ? updated.Metadata with { Generation = old.Metadata.Generation + 1 } : updated.Metadata,
            Spec = spec,
            Status = old.Status,
        };
    }

    protected override void Check(FieldErrors errors, Deployment created) => DeploymentValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, Deployment updated, Deployment old) => DeploymentValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Deployment created)
    {
        warnings.HostName(created.Metadata.Name ?? "", Pods);
        PodWarnings.Add(warnings, Template, created.Spec.Template.Metadata, created.Spec.Template.Spec);
    }

    protected override void Warn(Warnings warnings, Deployment updated, Deployment old)
    {
        if (updated.Metadata.Generation != old.Metadata.Generation)
            PodWarnings.Add(warnings, Template, updated.Spec.Template.Metadata, updated.Spec.Template.Spec);
    }

    private static DeploymentSpec WithoutDisabled(DeploymentSpec spec, DeploymentSpec? old)
    {
        var template = DisabledFields.Drop(spec.Template, old?.Template);
        return ReferenceEquals(template, spec.Template) ? spec : spec with { Template = template };
    }
}

/// <summary>The status of deployments; labels do not pass with it.</summary>
internal sealed class DeploymentStatusStrategy : DeploymentStrategy
{
    public override ValueList<string> ResetFields => ["spec", "metadata.labels"];

    protected override Deployment Prepare(Deployment updated, Deployment old) => updated with
    {
        Spec = old.Spec,
        Metadata = updated.Metadata with { Labels = old.Metadata.Labels },
    };

    protected override void Check(FieldErrors errors, Deployment updated, Deployment old) => DeploymentValidation.CheckStatusUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Deployment updated, Deployment old)
    {
    }
}
