using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Pods as a client creates and changes them (Kubernetes: ValidatePodCreate and ValidatePodUpdate).</summary>
internal static class PodValidation
{
    public static readonly FieldPath Spec = new("spec");

    private static readonly FieldPath Annotations = ObjectMetaValidation.Metadata.Child("annotations");

    private const string OnlyThese =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static void CheckCreate(FieldErrors errors, Pod pod)
    {
        CheckMetadataAndSpec(errors, pod, PodValidationOptions.ForCreate(isPod: true));
        if (pod.Spec.EphemeralContainers.Count > 0) errors.Forbidden(Spec.Child("ephemeralContainers"), "cannot be set on create");
        if (!string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Spec.SchedulingGates.Count > 0)
            errors.Forbidden(Spec.Child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        PodAnnotations.CheckAgainstFields(errors, Spec, pod.Metadata, pod.Spec);
    }

    public static void CheckUpdate(FieldErrors errors, Pod pod, Pod old)
    {
        var options = PodValidationOptions.ForUpdate(isPod: true, old.Spec, old.Metadata);
        ObjectMetaValidation.CheckCoreUpdate(errors, pod.Metadata, old.Metadata);
        CheckMetadataAndSpec(errors, pod, options);
        PodAnnotations.CheckUpdate(errors, Annotations, pod, old, options);
        if (!CheckImages(errors, Spec.Child("containers"), pod.Spec.Containers, old.Spec.Containers)) return;
        if (!CheckImages(errors, Spec.Child("initContainers"), pod.Spec.InitContainers, old.Spec.InitContainers)) return;
        if (!CheckDeadline(errors, pod, old)) return;
        TolerationValidation.CheckOnlyAdded(errors, Spec.Child("tolerations"), pod.Spec.Tolerations, old.Spec.Tolerations);
        CheckGates(errors, pod, old);
        if (pod.Spec == old.Spec) return;

        var munged = WithoutAllowedChanges(pod.Spec, old.Spec);
        if (old.Spec.SchedulingGates.Count > 0) munged = GatedPodValidation.Check(errors, Spec, munged, old.Spec);
        if (munged != old.Spec) errors.Forbidden(Spec, OnlyThese + "\n" + PodSpecDifference.Of(old.Spec, munged));
    }

    private static void CheckMetadataAndSpec(FieldErrors errors, Pod pod, in PodValidationOptions options)
    {
        ObjectMetaValidation.CheckCore(errors, pod.Metadata, namespaced: true, Names.SubdomainName);
        PodAnnotations.Check(errors, Annotations, pod.Metadata.Annotations, pod.Spec, options);
        PodSpecValidation.Check(errors, Spec, pod.Spec, pod.Metadata, options);
        if (string.IsNullOrEmpty(pod.Spec.ServiceAccountName)) CheckNoTokens(errors, pod.Spec.Volumes);
        for (var i = 0; i < pod.Spec.Containers.Count; i++) ContainerValidation.CheckImageOfPod(errors, Spec.Child("containers").Index(i), pod.Spec.Containers[i]);
        for (var i = 0; i < pod.Spec.InitContainers.Count; i++) ContainerValidation.CheckImageOfPod(errors, Spec.Child("initContainers").Index(i), pod.Spec.InitContainers[i]);
    }

    private static void CheckNoTokens(FieldErrors errors, ValueList<Volume> volumes)
    {
        for (var i = 0; i < volumes.Count; i++)
            if (volumes[i].Projected is { } projected)
                for (var s = 0; s < projected.Sources.Count; s++)
                    if (projected.Sources[s].ServiceAccountToken is not null)
                        errors.Forbidden(Spec.Child("volumes").Index(i).Child("projected", "sources").Index(s).Child("serviceAccountToken"), "must not be specified when serviceAccountName is not set");
    }

    /// <summary>False when there is no sense in looking further.</summary>
    private static bool CheckImages(FieldErrors errors, FieldPath path, ValueList<Container> containers, ValueList<Container> old)
    {
        if (containers.Count != old.Count)
        {
            errors.Forbidden(path, "pod updates may not add or remove containers");
            return false;
        }
        for (var i = 0; i < containers.Count; i++)
        {
            if (string.IsNullOrEmpty(containers[i].Image)) errors.Required(path.Index(i).Child("image"));
            ContainerValidation.CheckImageOfPod(errors, path.Index(i), containers[i]);
        }
        return true;
    }

    /// <summary>The deadline may be set, and come nearer. False when there is no sense in looking further.</summary>
    private static bool CheckDeadline(FieldErrors errors, Pod pod, Pod old)
    {
        var path = Spec.Child("activeDeadlineSeconds");
        if (pod.Spec.ActiveDeadlineSeconds is { } deadline)
        {
            if (deadline is < 0 or > int.MaxValue) errors.Invalid(path, deadline, Rules.BetweenIds);
            else if (old.Spec.ActiveDeadlineSeconds is { } before && before < deadline) errors.Invalid(path, deadline, "must be less than or equal to previous value");
            else return true;
            return false;
        }
        if (old.Spec.ActiveDeadlineSeconds is not null) errors.InvalidShown(path, "null", "must not update from a positive integer to nil value");
        return true;
    }

    private static void CheckGates(FieldErrors errors, Pod pod, Pod old)
    {
        for (var i = 0; i < pod.Spec.SchedulingGates.Count; i++)
        {
            var gate = pod.Spec.SchedulingGates[i];
            var had = false;
            foreach (var before in old.Spec.SchedulingGates) had |= before.Name == gate.Name;
            if (!had) errors.Forbidden(Spec.Child("schedulingGates").Index(i).Child("name"), $"only deletion is allowed, but found new scheduling gate '{gate.Name}'");
        }
    }

    /// <summary>The new spec with the old one's values where a change is allowed; whatever still differs is not.</summary>
    private static PodSpec WithoutAllowedChanges(PodSpec spec, PodSpec old)
    {
        var munged = spec with
        {
            Containers = WithImagesOf(spec.Containers, old.Containers),
            InitContainers = WithImagesOf(spec.InitContainers, old.InitContainers),
            ActiveDeadlineSeconds = old.ActiveDeadlineSeconds,
            SchedulingGates = old.SchedulingGates,
            Tolerations = old.Tolerations,
        };
        return old.TerminationGracePeriodSeconds < 0 && munged.TerminationGracePeriodSeconds == 1
            ? munged with { TerminationGracePeriodSeconds = old.TerminationGracePeriodSeconds }
            : munged;
    }

    private static ValueList<Container> WithImagesOf(ValueList<Container> containers, ValueList<Container> old)
    {
        var result = new Container[containers.Count];
        for (var i = 0; i < result.Length; i++) result[i] = containers[i] with { Image = old[i].Image };
        return [.. result];
    }
}
