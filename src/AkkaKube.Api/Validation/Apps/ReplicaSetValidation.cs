using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Validation.Apps;

/// <summary>Replica sets (Kubernetes: ValidateReplicaSet).</summary>
internal static class ReplicaSetValidation
{
    private static readonly FieldPath Spec = new("spec");
    private static readonly FieldPath Status = new("status");

    public static void CheckCreate(FieldErrors errors, ReplicaSet set)
    {
        ObjectMetaValidation.CheckCore(errors, set.Metadata, namespaced: true, Names.SubdomainName);
        CheckSpec(errors, set.Spec, PodValidationOptions.ForCreate(isPod: false));
    }

    public static void CheckUpdate(FieldErrors errors, ReplicaSet set, ReplicaSet old)
    {
        var options = PodValidationOptions.ForUpdate(isPod: false, old.Spec.Template.Spec, old.Spec.Template.Metadata);
        ObjectMetaValidation.CheckCore(errors, set.Metadata, namespaced: true, Names.SubdomainName);
        CheckSpec(errors, set.Spec, options);
        ObjectMetaValidation.CheckCoreUpdate(errors, set.Metadata, old.Metadata);
        CheckSpec(errors, set.Spec, options);
        if (set.Spec.Selector != old.Spec.Selector)
            errors.InvalidShown(Spec.Child("selector"), set.Spec.Selector is { } selector ? GoText.Selector(selector) : "null", Rules.Immutable);
    }

    private static void CheckSpec(FieldErrors errors, ReplicaSetSpec spec, in PodValidationOptions options)
    {
        errors.NonNegative(Spec, "replicas", spec.Replicas ?? 1);
        errors.NonNegative(Spec, "minReadySeconds", spec.MinReadySeconds);
        WorkloadValidation.CheckSelectorAndTemplate(errors, Spec, spec.Selector, spec.Template, options);
    }

    public static void CheckStatusUpdate(FieldErrors errors, ReplicaSet set, ReplicaSet old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, set.Metadata, old.Metadata);
        var status = set.Status;
        errors.NonNegative(Status, "replicas", status.Replicas);
        errors.NonNegative(Status, "fullyLabeledReplicas", status.FullyLabeledReplicas);
        errors.NonNegative(Status, "readyReplicas", status.ReadyReplicas);
        errors.NonNegative(Status, "availableReplicas", status.AvailableReplicas);
        if (status.TerminatingReplicas is { } terminating) errors.NonNegative(Status, "terminatingReplicas", terminating);
        errors.NonNegative(Status, "observedGeneration", status.ObservedGeneration);
        WorkloadValidation.CheckCount(errors, Status, "fullyLabeledReplicas", status.FullyLabeledReplicas, status.Replicas);
        WorkloadValidation.CheckCount(errors, Status, "readyReplicas", status.ReadyReplicas, status.Replicas);
        WorkloadValidation.CheckCount(errors, Status, "availableReplicas", status.AvailableReplicas, status.Replicas);
        if (status.AvailableReplicas > status.ReadyReplicas) errors.Invalid(Status.Child("availableReplicas"), status.AvailableReplicas, "cannot be greater than readyReplicas");
    }
}
