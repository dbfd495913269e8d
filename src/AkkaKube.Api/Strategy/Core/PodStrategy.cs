using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Pods: born pending and classed, deleted only after their grace period.</summary>
internal class PodStrategy : KindStrategy<Pod>
{
    public override ValueList<string> ResetFields => ["status"];

    protected override Pod Prepare(Pod created)
    {
        var spec = ArmorProfiles.IntoFields(SelectorKeys.IntoSelectors(DisabledFields.Drop(created.Spec, null), created.Metadata.Labels), created.Metadata.Annotations);
        return created with
        {
            Metadata = created.Metadata with { Generation = 1, Annotations = ArmorProfiles.IntoAnnotations(created.Metadata.Annotations, spec) },
            Spec = spec,
            Status = new PodStatus
            {
                Phase = "Pending",
                QosClass = QualityOfService.Of(spec),
                Conditions = spec.SchedulingGates.Count > 0 ? [Gated] : [],
            },
        };
    }

    private static PodCondition Gated => new()
    {
        Type = "PodScheduled",
        Status = "False",
        Reason = "SchedulingGated",
        Message = "Scheduling is blocked due to non-empty scheduling gates",
    };

    protected override Pod Prepare(Pod updated, Pod old)
    {
        var spec = DisabledFields.Drop(updated.Spec, old.Spec);
        return updated with
        {
            Metadata = spec == old.Spec ? updated.Metadata : updated.Metadata with { Generation = updated.Metadata.Generation + 1 },
            Spec = spec,
            Status = old.Status,
        };
    }

    protected override void Check(FieldErrors errors, Pod created) => PodValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, Pod updated, Pod old) => PodValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Pod created)
    {
        warnings.HostName(created.Metadata.Name ?? "", "the Pod's hostname");
        PodWarnings.Add(warnings, null, created.Metadata, created.Spec);
    }

    /// <summary>The grace period asked for, or the pod's own; none for a pod that never ran or no longer runs.</summary>
    protected override long? Grace(Pod deleted, long? asked)
    {
        if (string.IsNullOrEmpty(deleted.Spec.NodeName) || deleted.Status.Phase is "Failed" or "Succeeded") return 0;
        var period = asked ?? deleted.Spec.TerminationGracePeriodSeconds ?? 0;
        return period < 0 ? 1 : period;
    }
}

/// <summary>The status of pods, as kubelets report it.</summary>
internal sealed class PodStatusStrategy : PodStrategy
{
    public override ValueList<string> ResetFields => ["spec", "metadata.deletionTimestamp", "metadata.ownerReferences"];

    protected override Pod Prepare(Pod updated, Pod old)
    {
        var status = updated.Status;
        return updated with
        {
            Spec = old.Spec,
            Metadata = updated.Metadata with { DeletionTimestamp = null, OwnerReferences = old.Metadata.OwnerReferences },
            Status = status with
            {
                QosClass = string.IsNullOrEmpty(status.QosClass) ? old.Status.QosClass : status.QosClass,
                ObservedGeneration = status.ObservedGeneration == 0 ? old.Status.ObservedGeneration : status.ObservedGeneration,
                Conditions = WithGenerations(status.Conditions, old.Status.Conditions),
            },
        };
    }

    protected override void Check(FieldErrors errors, Pod updated, Pod old) => PodStatusValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Pod updated, Pod old)
    {
        var status = new FieldPath("status");
        for (var i = 0; i < updated.Status.PodIPs.Count; i++) warnings.Address(status.Child("podIPs").Index(i).Child("ip"), updated.Status.PodIPs[i].Ip);
        for (var i = 0; i < updated.Status.HostIPs.Count; i++) warnings.Address(status.Child("hostIPs").Index(i).Child("ip"), updated.Status.HostIPs[i].Ip);
    }

    /// <summary>A client that does not know the generation of a condition does not take it away either.</summary>
    private static ValueList<PodCondition> WithGenerations(ValueList<PodCondition> conditions, ValueList<PodCondition> old)
    {
        var known = false;
        foreach (var condition in old) known |= condition.ObservedGeneration != 0;
        if (!known) return conditions;
        var left = old.ToList();
        return [.. conditions.Select(condition =>
        {
            var index = left.FindIndex(other => other.Type == condition.Type);
            if (index < 0) return condition;
            var generation = left[index].ObservedGeneration;
            left.RemoveAt(index);
            return condition.ObservedGeneration == 0 ? condition with { ObservedGeneration = generation } : condition;
        })];
    }
}
