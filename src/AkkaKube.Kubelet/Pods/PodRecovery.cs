using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>
/// What is left of a pod's containers when its node comes up again: the programs are gone, as after a reboot. Those that ran have
/// ended with code 255, reason Unknown, and are started again as their restart policy says.
/// </summary>
internal static class PodRecovery
{
    public static PodRun Of(Pod pod, DateTimeOffset now)
    {
        var run = PodRun.For(pod) with { StartTime = pod.Status.StartTime };
        foreach (var status in pod.Status.InitContainerStatuses.Concat(pod.Status.ContainerStatuses))
        {
            if (!run.Containers.ContainsKey(status.Name)) continue;
            var last = Ended(status, status.LastState.Terminated);
            if (status.State.Terminated is { } ended) run = run.With(Ended(status, ended)! with { Previous = last });
            else if (status.State.Running is { } running)
                run = run.With(new ContainerRun(status.Name)
                {
                    State = RunState.Exited,
                    Id = Bare(status.ContainerID),
                    Image = status.Image,
                    ImageId = status.ImageID,
                    ExitCode = 255,
                    ExitReason = "Unknown",
                    StartedAt = running.StartedAt,
                    FinishedAt = now,
                    RestartCount = status.RestartCount,
                    Previous = last,
                });
            else run = run.With(new ContainerRun(status.Name) { RestartCount = status.RestartCount, Previous = last });
        }
        return run;
    }

    /// <summary>Whether the pod ran here before.</summary>
    public static bool HasRun(Pod pod) =>
        pod.Status.InitContainerStatuses.Concat(pod.Status.ContainerStatuses).Any(s => s.State.Running is not null || s.State.Terminated is not null || s.LastState.Terminated is not null);

    /// <summary>The instance that ended so; null where none did.</summary>
    public static ContainerRun? Ended(ContainerStatus status, ContainerStateTerminated? end) => end is null ? null : new ContainerRun(status.Name)
    {
        State = RunState.Exited,
        Id = Bare(end.ContainerID),
        Image = status.Image,
        ImageId = status.ImageID,
        ExitCode = end.ExitCode,
        ExitReason = end.Reason,
        ExitMessage = end.Message,
        StartedAt = end.StartedAt,
        FinishedAt = end.FinishedAt,
        RestartCount = status.RestartCount,
    };

    /// <summary>The runtime's id of a container.</summary>
    public static string? Bare(string? id) => id?.StartsWith(ContainerStatuses.Runtime, StringComparison.Ordinal) == true ? id[ContainerStatuses.Runtime.Length..] : id;
}
