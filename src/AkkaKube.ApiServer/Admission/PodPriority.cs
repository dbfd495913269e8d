using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.Admission;

/// <summary>Gives a pod the priority that its priority class stands for (Kubernetes: Priority).</summary>
internal static class PodPriority
{
    private const string PreemptLower = "PreemptLowerPriority";

    /// <summary>The two classes that every cluster has.</summary>
    private static readonly Dictionary<string, int> SystemClasses = new(StringComparer.Ordinal)
    {
        ["system-cluster-critical"] = 2_000_000_000,
        ["system-node-critical"] = 2_000_001_000,
    };

    /// <summary>The pod with its priority, or why it is forbidden.</summary>
    public static Pod Admit(Pod pod, out string? forbidden)
    {
        forbidden = null;
        var priority = 0;
        if (pod.Spec.PriorityClassName is { Length: > 0 } name && !SystemClasses.TryGetValue(name, out priority))
        {
            forbidden = $"no PriorityClass with name {name} was found";
            return pod;
        }
        if (pod.Spec.Priority is { } given && given != priority)
        {
            forbidden = $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name";
            return pod;
        }
        if (pod.Spec.PreemptionPolicy is { } policy && policy != PreemptLower)
        {
            forbidden = $"the string value of PreemptionPolicy ({policy}) must not be provided in pod spec; priority admission controller computed {PreemptLower} from the given PriorityClass name";
            return pod;
        }
        return pod with { Spec = pod.Spec with { Priority = priority, PreemptionPolicy = PreemptLower } };
    }
}
