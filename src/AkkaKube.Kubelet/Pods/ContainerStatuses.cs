using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>The status of each container as the API shows it.</summary>
internal static class ContainerStatuses
{
    /// <summary>The prefix of container ids.</summary>
    public const string Runtime = "akkakube://";

    public static ContainerStatus Of(Pod pod, Container container, ContainerRun run, bool isInit, bool initialized)
    {
        var sidecar = isInit && RestartPolicies.IsSidecar(container);
        var status = new ContainerStatus
        {
            Name = container.Name,
            Image = run.Image ?? container.Image ?? "",
            ImageID = run.ImageId ?? "",
            ContainerID = run.Id is null ? null : Runtime + run.Id,
            RestartCount = run.RestartCount,
            State = StateOf(run, isInit, initialized),
            LastState = run.State != RunState.Exited && run.Previous is { } previous ? new ContainerState { Terminated = Terminated(previous) } : new ContainerState(),
            Started = run is { State: RunState.Running, Started: true },
            Ready = isInit && !sidecar ? run is { State: RunState.Exited, ExitCode: 0 } : run is { State: RunState.Running, Started: true, Ready: true },
            VolumeMounts = [.. container.VolumeMounts.Select(MountStatus)],
        };
        if (run.State == RunState.Waiting) return status;
        var requests = container.Resources.Requests;
        return status with
        {
            AllocatedResources = requests,
            Resources = new ResourceRequirements { Requests = requests, Limits = container.Resources.Limits },
            User = UserOf(pod, container),
        };
    }

    private static ContainerState StateOf(ContainerRun run, bool isInit, bool initialized) => run.State switch
    {
        RunState.Running => new ContainerState { Running = new ContainerStateRunning { StartedAt = PodStatuses.Seconds(run.StartedAt) } },
        RunState.Exited => new ContainerState { Terminated = Terminated(run) },
        _ => new ContainerState
        {
            Waiting = new ContainerStateWaiting
            {
                Reason = run.WaitingReason ?? (isInit || !initialized ? "PodInitializing" : "ContainerCreating"),
                Message = run.WaitingMessage,
            },
        },
    };

    private static ContainerStateTerminated Terminated(ContainerRun run) => new()
    {
        ExitCode = run.ExitCode,
        Reason = run.ExitReason ?? (run.ExitCode == 0 ? "Completed" : "Error"),
        Message = run.ExitMessage,
        StartedAt = PodStatuses.Seconds(run.StartedAt),
        FinishedAt = PodStatuses.Seconds(run.FinishedAt),
        ContainerID = run.Id is null ? null : Runtime + run.Id,
    };

    private static VolumeMountStatus MountStatus(VolumeMount mount) => new()
    {
        Name = mount.Name,
        MountPath = mount.MountPath,
        ReadOnly = mount.ReadOnly,
        RecursiveReadOnly = mount.ReadOnly ? "Disabled" : null,
    };

    private static ContainerUser UserOf(Pod pod, Container container)
    {
        var uid = container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser ?? 0;
        var gid = container.SecurityContext?.RunAsGroup ?? pod.Spec.SecurityContext?.RunAsGroup ?? 0;
        List<long> groups = [gid, .. pod.Spec.SecurityContext?.SupplementalGroups ?? []];
        if (pod.Spec.SecurityContext?.FsGroup is { } fs) groups.Add(fs);
        return new ContainerUser { Linux = new LinuxContainerUser { Uid = uid, Gid = gid, SupplementalGroups = [.. groups.Distinct()] } };
    }
}
