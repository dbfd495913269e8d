using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.Bindings;

/// <summary>Assigns a pod to a node (Kubernetes: the binding subresource).</summary>
internal static class PodBinding
{
    private const string PodScheduled = "PodScheduled";

    /// <summary>The pod on its node, or why it cannot be there.</summary>
    public static Pod Assign(Pod pod, Binding binding, DateTimeOffset now, out string? conflict)
    {
        conflict = null;
        if (binding.Metadata.Uid is { Length: > 0 } uid && uid != pod.Metadata.Uid) conflict = $"Precondition failed: UID in precondition: {uid}, UID in object meta: {pod.Metadata.Uid}";
        else if (pod.Metadata.DeletionTimestamp is not null) conflict = $"pod {pod.Metadata.Name} is being deleted, cannot be assigned to a host";
        else if (!string.IsNullOrEmpty(pod.Spec.NodeName)) conflict = $"pod {pod.Metadata.Name} is already assigned to node \"{pod.Spec.NodeName}\"";
        else if (pod.Spec.SchedulingGates.Count > 0) conflict = $"pod {pod.Metadata.Name} has non-empty .spec.schedulingGates";
        if (conflict is not null) return pod;
        return pod with
        {
            Metadata = pod.Metadata with { Annotations = Merged(pod.Metadata.Annotations, binding.Metadata.Annotations), Labels = Merged(pod.Metadata.Labels, binding.Metadata.Labels) },
            Spec = pod.Spec with { NodeName = binding.Target.Name },
            Status = pod.Status with { Conditions = Scheduled(pod.Status.Conditions, now) },
        };
    }

    private static ValueMap<string> Merged(ValueMap<string> own, ValueMap<string> given)
    {
        return given.Count == 0 ? own : own.SetItems(given);
    }

    private static ValueList<PodCondition> Scheduled(ValueList<PodCondition> conditions, DateTimeOffset now)
    {
        var scheduled = new PodCondition { Type = PodScheduled, Status = "True", LastTransitionTime = now };
        return [.. conditions.Where(condition => condition.Type != PodScheduled), scheduled];
    }
}
