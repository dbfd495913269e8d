using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>
/// What a kubelet takes over when its node comes from another host: the pods stand as their status says, their containers run or have
/// ended, and nothing of it changes by the move.
/// </summary>
internal static class PodAdoption
{
    /// <summary>Whether the pod has a sandbox to take over: it is not over, and has its address.</summary>
    public static bool IsStanding(Pod pod) =>
        pod.Status.Phase is not ("Succeeded" or "Failed")
        && !string.IsNullOrEmpty(pod.Status.PodIP)
        && pod.Status.Conditions.Any(c => c is { Type: "PodReadyToStartContainers", Status: "True" });

    /// <summary>The pod as it stood.</summary>
    public static PodRun Of(Pod pod)
    {
        var run = PodRun.For(pod) with { StartTime = pod.Status.StartTime, SandboxReady = true, PodIp = pod.Status.PodIP };
        var containers = pod.Spec.InitContainers.Concat(pod.Spec.Containers).ToDictionary(c => c.Name);
        foreach (var status in pod.Status.InitContainerStatuses.Concat(pod.Status.ContainerStatuses))
            if (containers.TryGetValue(status.Name, out var container)) run = run.With(Of(container, status));
        return run;
    }

    /// <summary>The back-off of a container that was restarted so often: it had doubled each time.</summary>
    public static BackOff Restarts(ContainerRun run, BackOffSettings settings) =>
        run.RestartCount == 0 || (run.StartedAt ?? run.LastEnd?.FinishedAt) is not { } updated ? default : BackOff.AfterRestarts(run.RestartCount, updated, settings);

    private static ContainerRun Of(Container container, ContainerStatus status)
    {
        var last = PodRecovery.Ended(status, status.LastState.Terminated);
        if (status.State.Terminated is { } ended) return PodRecovery.Ended(status, ended)! with { Previous = last };
        if (status.State.Running is not { } running)
            return new ContainerRun(status.Name)
            {
                WaitingReason = status.State.Waiting?.Reason is { } reason && reason is not ("ContainerCreating" or "PodInitializing") ? reason : null,
                WaitingMessage = status.State.Waiting?.Message,
                Id = PodRecovery.Bare(status.ContainerID),
                Image = status.Image,
                ImageId = status.ImageID,
                RestartCount = status.RestartCount,
                Previous = last,
            };
        var started = status.Started == true;
        return new ContainerRun(status.Name)
        {
            State = RunState.Running,
            Id = PodRecovery.Bare(status.ContainerID),
            Image = status.Image,
            ImageId = status.ImageID,
            StartedAt = running.StartedAt,
            RestartCount = status.RestartCount,
            Previous = last,
            Started = started,
            // Before it has started its readiness was not asked for.
            Ready = started && container.ReadinessProbe is not null ? status.Ready : container.ReadinessProbe is null,
        };
    }
}
