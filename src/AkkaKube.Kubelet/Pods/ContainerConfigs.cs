using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Environment;
using AkkaKube.Runtime;
using VolumeSource = AkkaKube.Runtime.VolumeSource;

namespace AkkaKube.Kubelet.Pods;

/// <summary>What the runtime is told of a container.</summary>
internal static class ContainerConfigs
{
    public static ContainerConfig Of(
        Pod pod, Container container, ImageInfo image, int attempt, IReadOnlyList<KeyValuePair<string, string>> variables, IReadOnlyDictionary<string, VolumeSource> volumes)
    {
        var byName = variables.ToDictionary(v => v.Key, v => v.Value);
        string Expand(string text) => Expansion.Expand(text, byName.GetValueOrDefault);
        return new ContainerConfig(container.Name, container.Image ?? "")
        {
            Attempt = attempt,
            Command = [.. container.Command.Select(Expand)],
            Args = [.. container.Args.Select(Expand)],
            Env = variables,
            WorkingDir = container.WorkingDir ?? "",
            Mounts = [.. container.VolumeMounts.Where(m => volumes.ContainsKey(m.Name)).Select(m => new Mount(m.MountPath, m.Name, volumes[m.Name])
            {
                ReadOnly = m.ReadOnly,
                SubPath = m.SubPathExpr is { Length: > 0 } expression ? Expand(expression) : m.SubPath,
            })],
            RunAsUser = container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser ?? image.Uid,
            RunAsGroup = container.SecurityContext?.RunAsGroup ?? pod.Spec.SecurityContext?.RunAsGroup,
            ReadOnlyRootFilesystem = container.SecurityContext?.ReadOnlyRootFilesystem ?? false,
            Tty = container.Tty,
            Stdin = container.Stdin,
            MemoryLimit = container.Resources.Limits.TryGetValue("memory", out var memory) ? memory.Value : null,
            CpuLimitMillis = container.Resources.Limits.TryGetValue("cpu", out var cpu) ? cpu.MilliValue : null,
            TerminationMessagePath = container.TerminationMessagePath ?? "/dev/termination-log",
            TerminationMessageFallsBackToLog = container.TerminationMessagePolicy == "FallbackToLogsOnError",
        };
    }

    /// <summary>The image's full name with its tag, as the status of a running container shows it.</summary>
    public static string ImageName(string asked, ImageInfo image) => image.RepoTags.Count > 0 ? image.RepoTags[0] : asked;
}
