using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>The conditions that the kubelet keeps on a pod, without their times.</summary>
internal static class PodConditions
{
    /// <summary>The types that the kubelet owns, in the order in which it lists them.</summary>
    public static readonly string[] Owned = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

    public static IEnumerable<PodCondition> Of(Pod pod, PodRun run, IReadOnlyList<ContainerStatus> statuses, string phase)
    {
        var generation = pod.Metadata.Generation;
        PodCondition Condition(string type, bool value, string? reason = null, string? message = null) =>
            new() { Type = type, Status = value ? "True" : "False", Reason = reason, Message = message, ObservedGeneration = generation };

        yield return Condition("PodReadyToStartContainers", run.SandboxReady);
        yield return Initialized(pod, run, phase, Condition);
        var containersReady = ContainersReady(pod, statuses, phase, Condition);
        yield return Ready(pod, containersReady, Condition);
        yield return containersReady;
        yield return Condition("PodScheduled", true);
    }

    private delegate PodCondition Maker(string type, bool value, string? reason = null, string? message = null);

    private static PodCondition Initialized(Pod pod, PodRun run, string phase, Maker condition)
    {
        if (phase == "Succeeded") return condition("Initialized", true, "PodCompleted");
        if (pod.Spec.Containers.Any(c => run.Of(c.Name) is { } r && (r.State != RunState.Waiting || r.Previous is not null))) return condition("Initialized", true);
        var open = pod.Spec.InitContainers.Where(c => !IsInitialized(c, run.Of(c.Name))).Select(c => c.Name).ToList();
        return open.Count == 0
            ? condition("Initialized", true)
            : condition("Initialized", false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', open)}]");
    }

    private static bool IsInitialized(Container init, ContainerRun run) =>
        RestartPolicies.IsSidecar(init) ? run is { State: RunState.Running, Started: true } : run is { State: RunState.Exited, ExitCode: 0 };

    private static PodCondition ContainersReady(Pod pod, IReadOnlyList<ContainerStatus> statuses, string phase, Maker condition)
    {
        if (phase == "Failed") return condition("ContainersReady", false, "PodFailed");
        if (phase == "Succeeded") return condition("ContainersReady", false, "PodCompleted");
        var watched = pod.Spec.InitContainers.Where(RestartPolicies.IsSidecar).Concat(pod.Spec.Containers).Select(c => c.Name).ToList();
        var known = statuses.ToDictionary(s => s.Name, s => s.Ready);
        var unknown = watched.Where(n => !known.ContainsKey(n)).ToList();
        var unready = watched.Where(n => known.TryGetValue(n, out var ready) && !ready).ToList();
        List<string> messages = [];
        if (unknown.Count > 0) messages.Add($"containers with unknown status: [{string.Join(' ', unknown)}]");
        if (unready.Count > 0) messages.Add($"containers with unready status: [{string.Join(' ', unready)}]");
        return messages.Count == 0 ? condition("ContainersReady", true) : condition("ContainersReady", false, "ContainersNotReady", string.Join(", ", messages));
    }

    private static PodCondition Ready(Pod pod, PodCondition containersReady, Maker condition)
    {
        if (containersReady.Status != "True") return condition("Ready", false, containersReady.Reason, containersReady.Message);
        List<string> messages = [];
        foreach (var gate in pod.Spec.ReadinessGates)
        {
            var found = pod.Status.Conditions.FirstOrDefault(c => c.Type == gate.ConditionType);
            if (found is null) messages.Add($"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist.");
            else if (found.Status != "True") messages.Add($"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {found.Status}");
        }
        return messages.Count == 0 ? condition("Ready", true) : condition("Ready", false, "ReadinessGatesNotReady", string.Join(", ", messages));
    }
}
