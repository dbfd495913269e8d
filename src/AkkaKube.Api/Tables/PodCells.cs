using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tables;

/// <summary>What <c>kubectl get pods</c> says of a pod: one word for all that its containers are doing.</summary>
/// <param name="Ready">How many containers are ready.</param>
/// <param name="Total">How many should be.</param>
/// <param name="Status">E.g. Running, Completed, CrashLoopBackOff, Init:0/1, Terminating.</param>
/// <param name="Restarts">How often containers were restarted.</param>
/// <param name="LastRestart">When last.</param>
internal sealed record PodCells(int Ready, int Total, string Status, int Restarts, DateTimeOffset? LastRestart)
{
    public static PodCells Of(Pod pod)
    {
        var sidecars = pod.Spec.InitContainers.Where(c => c.RestartPolicy == "Always").Select(c => c.Name).ToHashSet();
        var cells = new PodCells(0, pod.Spec.Containers.Count + sidecars.Count, pod.Status.Reason ?? pod.Status.Phase ?? "", 0, null);
        if (pod.Status.Conditions.Any(c => c is { Type: "PodScheduled", Reason: "SchedulingGated" })) cells = cells with { Status = "SchedulingGated" };
        (cells, var ofSidecars, var initializing) = Initializing(pod, sidecars, cells);
        if (!initializing || pod.Status.Conditions.Any(c => c is { Type: "Initialized", Status: "True" }))
            cells = Running(pod, cells with { Restarts = ofSidecars.Restarts, LastRestart = ofSidecars.LastRestart });

        if (pod.Metadata.DeletionTimestamp is null) return cells;
        if (pod.Status.Reason == "NodeLost") return cells with { Status = "Unknown" };
        return pod.Status.Phase is "Succeeded" or "Failed" ? cells : cells with { Status = "Terminating" };
    }

    /// <summary>The number of restarts, with how long ago the last one was.</summary>
    public string RestartsText(DateTimeOffset now) => Restarts > 0 && LastRestart is { } last ? $"{Restarts} ({HumanDuration.Of(now - last)} ago)" : $"{Restarts}";

    private static (PodCells Cells, PodCells OfSidecars, bool Initializing) Initializing(Pod pod, HashSet<string> sidecars, PodCells cells)
    {
        var ofSidecars = cells;
        for (var i = 0; i < pod.Status.InitContainerStatuses.Count; i++)
        {
            var container = pod.Status.InitContainerStatuses[i];
            cells = cells.Restarted(container);
            var isSidecar = sidecars.Contains(container.Name);
            if (isSidecar) ofSidecars = ofSidecars.Restarted(container);
            if (container.State.Terminated is { ExitCode: 0 }) continue;
            if (isSidecar && container.Started == true)
            {
                if (container.Ready) cells = cells with { Ready = cells.Ready + 1 };
                continue;
            }

            var status = container.State switch
            {
                { Terminated: { } ended } => "Init:" + Ended(ended),
                { Waiting.Reason: { Length: > 0 } reason } when reason != "PodInitializing" => "Init:" + reason,
                _ => $"Init:{i}/{pod.Spec.InitContainers.Count}",
            };
            return (cells with { Status = status }, ofSidecars, true);
        }

        return (cells, ofSidecars, false);
    }

    private static PodCells Running(Pod pod, PodCells cells)
    {
        var running = false;
        for (var i = pod.Status.ContainerStatuses.Count - 1; i >= 0; i--)
        {
            var container = pod.Status.ContainerStatuses[i];
            cells = cells.Restarted(container);
            if (container.State.Waiting is { Reason: { Length: > 0 } reason }) cells = cells with { Status = reason };
            else if (container.State.Terminated is { } ended) cells = cells with { Status = Ended(ended) };
            else if (container is { Ready: true, State.Running: not null })
            {
                running = true;
                cells = cells with { Ready = cells.Ready + 1 };
            }
        }

        // One container has ended, another still runs: the pod does.
        if (cells.Status != "Completed" || !running) return cells;
        return cells with { Status = pod.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" }) ? "Running" : "NotReady" };
    }

    private static string Ended(ContainerStateTerminated ended) =>
        ended.Reason is { Length: > 0 } reason ? reason : ended.Signal != 0 ? $"Signal:{ended.Signal}" : $"ExitCode:{ended.ExitCode}";

    private PodCells Restarted(ContainerStatus container)
    {
        var last = container.LastState.Terminated?.FinishedAt;
        return this with { Restarts = Restarts + container.RestartCount, LastRestart = last is not null && (LastRestart is null || last > LastRestart) ? last : LastRestart };
    }
}
