using AkkaKube.Wire;

namespace AkkaKube.Runtime;

/// <summary>The messages of the Container Runtime Interface by their names on the wire.</summary>
public static class RuntimeWire
{
    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("cri")
    {
        ["failed"] = typeof(ContainerRuntime.Failed),
        ["run-pod-sandbox"] = typeof(ContainerRuntime.RunPodSandbox),
        ["adopt-pod-sandbox"] = typeof(ContainerRuntime.AdoptPodSandbox),
        ["pod-sandbox-run"] = typeof(ContainerRuntime.PodSandboxRun),
        ["stop-pod-sandbox"] = typeof(ContainerRuntime.StopPodSandbox),
        ["pod-sandbox-stopped"] = typeof(ContainerRuntime.PodSandboxStopped),
        ["remove-pod-sandbox"] = typeof(ContainerRuntime.RemovePodSandbox),
        ["pod-sandbox-removed"] = typeof(ContainerRuntime.PodSandboxRemoved),
        ["list-pod-sandbox"] = typeof(ContainerRuntime.ListPodSandbox),
        ["pod-sandboxes"] = typeof(ContainerRuntime.PodSandboxes),
        ["update-volume"] = typeof(ContainerRuntime.UpdateVolume),
        ["volume-updated"] = typeof(ContainerRuntime.VolumeUpdated),
        ["take-over"] = typeof(ContainerRuntime.TakeOver),
        ["pull-image"] = typeof(ContainerRuntime.PullImage),
        ["image-pulled"] = typeof(ContainerRuntime.ImagePulled),
        ["image-status"] = typeof(ContainerRuntime.ImageStatus),
        ["image-status-is"] = typeof(ContainerRuntime.ImageStatusIs),
        ["list-images"] = typeof(ContainerRuntime.ListImages),
        ["images"] = typeof(ContainerRuntime.Images),
        ["remove-image"] = typeof(ContainerRuntime.RemoveImage),
        ["image-removed"] = typeof(ContainerRuntime.ImageRemoved),
        ["create-container"] = typeof(ContainerRuntime.CreateContainer),
        ["container-created"] = typeof(ContainerRuntime.ContainerCreated),
        ["start-container"] = typeof(ContainerRuntime.StartContainer),
        ["container-started"] = typeof(ContainerRuntime.ContainerStarted),
        ["stop-container"] = typeof(ContainerRuntime.StopContainer),
        ["container-stopped"] = typeof(ContainerRuntime.ContainerStopped),
        ["remove-container"] = typeof(ContainerRuntime.RemoveContainer),
        ["container-removed"] = typeof(ContainerRuntime.ContainerRemoved),
        ["get-container-status"] = typeof(ContainerRuntime.GetContainerStatus),
        ["container-status-is"] = typeof(ContainerRuntime.ContainerStatusIs),
        ["list-containers"] = typeof(ContainerRuntime.ListContainers),
        ["containers"] = typeof(ContainerRuntime.Containers),
        ["exec-sync"] = typeof(ContainerRuntime.ExecSync),
        ["exec-result"] = typeof(ContainerRuntime.ExecResult),
        ["read-log"] = typeof(ContainerRuntime.ReadLog),
        ["log-read"] = typeof(ContainerRuntime.LogRead),
        ["get-version"] = typeof(ContainerRuntime.GetVersion),
        ["version-is"] = typeof(ContainerRuntime.VersionIs),
        ["container-event"] = typeof(ContainerRuntime.ContainerEvent),
        ["volume-empty"] = typeof(VolumeSource.Empty),
        ["volume-files"] = typeof(VolumeSource.Files),
    };
}
