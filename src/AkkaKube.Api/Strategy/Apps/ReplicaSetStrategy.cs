using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Strategy.Core;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Apps;

namespace AkkaKube.Api.Strategy.Apps;

/// <summary>Replica sets.</summary>
internal class ReplicaSetStrategy : KindStrategy<ReplicaSet>
{
    public override ValueList<string> ResetFields => ["status"];

    protected override ReplicaSet Prepare(ReplicaSet created) => created with
    {
        Metadata = created.Metadata with { Generation = 1 },
        Spec = WithoutDisabled(created.Spec, null),
        Status = new ReplicaSetStatus(),
    };

    protected override ReplicaSet Prepare(ReplicaSet updated, ReplicaSet old)
    {
        var spec = WithoutDisabled(updated.Spec, old.Spec);
        return updated with
        {
            Metadata = spec == old.Spec ? updated.Metadata : updated.Metadata with { Generation = old.Metadata.Generation + 1 },
            Spec = spec,
            Status = old.Status,
        };
    }

    protected override void Check(FieldErrors errors, ReplicaSet created) => ReplicaSetValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, ReplicaSet updated, ReplicaSet old) => ReplicaSetValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, ReplicaSet created)
    {
        warnings.HostName(created.Metadata.Name ?? "", DeploymentStrategy.Pods);
        PodWarnings.Add(warnings, DeploymentStrategy.Template, created.Spec.Template.Metadata, created.Spec.Template.Spec);
    }

    protected override void Warn(Warnings warnings, ReplicaSet updated, ReplicaSet old)
    {
        if (updated.Metadata.Generation != old.Metadata.Generation)
            PodWarnings.Add(warnings, DeploymentStrategy.Template, updated.Spec.Template.Metadata, updated.Spec.Template.Spec);
    }

    private static ReplicaSetSpec WithoutDisabled(ReplicaSetSpec spec, ReplicaSetSpec? old)
    {
        var template = DisabledFields.Drop(spec.Template, old?.Template);
        return ReferenceEquals(template, spec.Template) ? spec : spec with { Template = template };
    }
}

/// <summary>The status of replica sets.</summary>
internal sealed class ReplicaSetStatusStrategy : ReplicaSetStrategy
{
    public override ValueList<string> ResetFields => ["spec"];

    protected override ReplicaSet Prepare(ReplicaSet updated, ReplicaSet old) => updated with { Spec = old.Spec };

    protected override void Check(FieldErrors errors, ReplicaSet updated, ReplicaSet old) => ReplicaSetValidation.CheckStatusUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, ReplicaSet updated, ReplicaSet old)
    {
    }
}
