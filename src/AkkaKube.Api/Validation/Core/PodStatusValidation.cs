using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The status of a pod as a kubelet writes it (Kubernetes: ValidatePodStatusUpdate).</summary>
internal static class PodStatusValidation
{
    private static readonly FieldPath Metadata = ObjectMetaValidation.Metadata;
    private static readonly FieldPath Status = new("status");

    public static void CheckUpdate(FieldErrors errors, Pod pod, Pod old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, pod.Metadata, old.Metadata);
        PodAnnotations.CheckUpdate(errors, Metadata.Child("annotations"), pod, old, PodValidationOptions.ForUpdate(isPod: true, old.Spec, old.Metadata));
        CheckConditions(errors, pod.Status.Conditions);
        if ((pod.Spec.NodeName ?? "") != (old.Spec.NodeName ?? "")) errors.Forbidden(Status.Child("nodeName"), "may not be changed directly");
        if (pod.Status.NominatedNodeName is { Length: > 0 } nominated && nominated != old.Status.NominatedNodeName)
            errors.Invalid(Status.Child("nominatedNodeName"), nominated, Names.Subdomain(nominated));
        if ((pod.Status.QosClass ?? "") != (old.Status.QosClass ?? "")) errors.Invalid(Status.Child("qosClass"), pod.Status.QosClass, Rules.Immutable);

        CheckTransitions(errors, "containerStatuses", pod.Status.ContainerStatuses, old.Status.ContainerStatuses, old.Spec, old.Spec.RestartPolicy);
        CheckTransitions(errors, "initContainerStatuses", pod.Status.InitContainerStatuses, old.Status.InitContainerStatuses, old.Spec, old.Spec.RestartPolicy);
        CheckTransitions(errors, "ephemeralContainerStatuses", pod.Status.EphemeralContainerStatuses, old.Status.EphemeralContainerStatuses, old.Spec, "Never");
        CheckPodAddresses(errors, pod.Status);
        CheckHostAddresses(errors, pod.Status);
        CheckUsers(errors, "containerStatuses", pod.Status.ContainerStatuses, pod.Spec);
        CheckUsers(errors, "initContainerStatuses", pod.Status.InitContainerStatuses, pod.Spec);
        CheckUsers(errors, "ephemeralContainerStatuses", pod.Status.EphemeralContainerStatuses, pod.Spec);
    }

    private static void CheckConditions(FieldErrors errors, ValueList<PodCondition> conditions)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = conditions[i];
            if (condition.Type is not ("PodScheduled" or "Ready" or "Initialized") && Labels.Key(condition.Type) is { Length: > 0 } wrong)
                errors.Invalid(Metadata.Child("conditions").Index(i).Child("Type"), condition.Type, wrong);
            if (condition.ObservedGeneration < 0) errors.Invalid(Metadata.Child("conditions").Index(i).Child("observedGeneration"), condition.ObservedGeneration, Rules.IsNegative);
        }
    }

    /// <summary>What has ended for good does not come back.</summary>
    private static void CheckTransitions(
        FieldErrors errors, string field, ValueList<ContainerStatus> now, ValueList<ContainerStatus> before, PodSpec spec, string? policy)
    {
        if (policy == "Always") return;
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i].State.Terminated is not { } terminated) continue;
            if (terminated.ExitCode != 0 && policy == "OnFailure") continue;
            if (MayRestart(spec, before[i].Name, field)) continue;
            foreach (var status in now)
                if (status.Name == before[i].Name && status.State.Terminated is null)
                    errors.Forbidden(Status.Child(field).Index(i).Child("state"), "may not be transitioned to non-terminated state");
        }
    }

    private static bool MayRestart(PodSpec spec, string name, string field)
    {
        var containers = field == "initContainerStatuses" ? spec.InitContainers : field == "containerStatuses" ? spec.Containers : [];
        foreach (var container in containers)
            if (container.Name == name) return container.RestartPolicy is "Always" or "OnFailure" || container.RestartPolicyRules.Count > 0;
        return false;
    }

    private static void CheckPodAddresses(FieldErrors errors, PodStatus status)
    {
        var path = Status.Child("podIPs");
        var addresses = status.PodIPs;
        for (var i = 0; i < addresses.Count; i++) Addresses.Check(errors, path.Index(i), addresses[i].Ip);
        if (addresses.Count <= 1) return;
        if (addresses.Count > 2 || !Addresses.AreDualStack([.. addresses.Select(a => a.Ip)]))
            errors.InvalidShown(path, Shown(addresses.Select(a => a.Ip)), "may specify no more than one IP for each IP family");
        for (var i = 1; i < addresses.Count; i++)
            if (addresses.Take(i).Any(a => a.Ip == addresses[i].Ip)) errors.Add(FieldError.DuplicateShown(path.Index(i), $"{{\"IP\":{GoText.Json(addresses[i].Ip)}}}"));
    }

    private static void CheckHostAddresses(FieldErrors errors, PodStatus status)
    {
        var path = Status.Child("hostIPs");
        var addresses = status.HostIPs;
        if (addresses.Count == 0) return;
        if ((status.HostIP ?? "") != addresses[0].Ip) errors.Invalid(path.Index(0).Child("ip"), addresses[0].Ip, "must be equal to `hostIP`");
        for (var i = 0; i < addresses.Count; i++) Addresses.Check(errors, path.Index(i), addresses[i].Ip);
        if (addresses.Count == 1) return;
        for (var i = 1; i < addresses.Count; i++)
            if (addresses.Take(i).Any(a => a.Ip == addresses[i].Ip)) errors.Add(FieldError.DuplicateShown(path.Index(i), $"{{\"IP\":{GoText.Json(addresses[i].Ip)}}}"));
        if (addresses.Count > 2 || !Addresses.AreDualStack([.. addresses.Select(a => a.Ip)]))
            errors.InvalidShown(path, Shown(addresses.Select(a => a.Ip)), "may specify no more than one IP for each IP family");
    }

    private static string Shown(IEnumerable<string> addresses) => $"[{string.Join(',', addresses.Select(a => $"{{\"IP\":{GoText.Json(a)}}}"))}]";

    private static void CheckUsers(FieldErrors errors, string field, ValueList<ContainerStatus> statuses, PodSpec spec)
    {
        for (var i = 0; i < statuses.Count; i++)
        {
            if (statuses[i].User?.Linux is not { } user) continue;
            var path = Status.Child(field).Index(i).Child("linux");
            if (spec.Os?.Name == "windows")
            {
                errors.Forbidden(path, "cannot be set for a windows pod");
                continue;
            }
            if (!Rules.IsId(user.Uid)) errors.Invalid(path.Child("uid"), user.Uid, Rules.BetweenIds);
            if (!Rules.IsId(user.Gid)) errors.Invalid(path.Child("gid"), user.Gid, Rules.BetweenIds);
            for (var g = 0; g < user.SupplementalGroups.Count; g++)
                if (!Rules.IsId(user.SupplementalGroups[g])) errors.Invalid(path.Child("supplementalGroups").Index(g), user.SupplementalGroups[g], Rules.BetweenIds);
        }
    }
}
