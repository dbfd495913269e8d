using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>All containers of a pod, in the order in which the server visits them: init, regular, ephemeral.</summary>
internal static class PodContainers
{
    public enum Role
    {
        Init,
        Regular,
        Ephemeral,
    }

    public readonly record struct Place(Role Role, int Index)
    {
        public FieldPath In(FieldPath spec) => spec.Child(Role switch
        {
            Role.Init => "initContainers",
            Role.Regular => "containers",
            _ => "ephemeralContainers",
        }).Index(Index);
    }

    public static IEnumerable<(Container Container, Place Place)> Of(PodSpec spec)
    {
        for (var i = 0; i < spec.InitContainers.Count; i++) yield return (spec.InitContainers[i], new(Role.Init, i));
        for (var i = 0; i < spec.Containers.Count; i++) yield return (spec.Containers[i], new(Role.Regular, i));
        for (var i = 0; i < spec.EphemeralContainers.Count; i++) yield return (AsContainer(spec.EphemeralContainers[i]), new(Role.Ephemeral, i));
    }

    /// <summary>What an ephemeral container has in common with the others.</summary>
    public static Container AsContainer(EphemeralContainer ephemeral) => new()
    {
        Name = ephemeral.Name,
        Image = ephemeral.Image,
        Command = ephemeral.Command,
        Args = ephemeral.Args,
        WorkingDir = ephemeral.WorkingDir,
        Ports = ephemeral.Ports,
        EnvFrom = ephemeral.EnvFrom,
        Env = ephemeral.Env,
        Resources = ephemeral.Resources,
        ResizePolicy = ephemeral.ResizePolicy,
        RestartPolicy = ephemeral.RestartPolicy,
        RestartPolicyRules = ephemeral.RestartPolicyRules,
        VolumeMounts = ephemeral.VolumeMounts,
        VolumeDevices = ephemeral.VolumeDevices,
        LivenessProbe = ephemeral.LivenessProbe,
        ReadinessProbe = ephemeral.ReadinessProbe,
        StartupProbe = ephemeral.StartupProbe,
        Lifecycle = ephemeral.Lifecycle,
        TerminationMessagePath = ephemeral.TerminationMessagePath,
        TerminationMessagePolicy = ephemeral.TerminationMessagePolicy,
        ImagePullPolicy = ephemeral.ImagePullPolicy,
        SecurityContext = ephemeral.SecurityContext,
        Stdin = ephemeral.Stdin,
        StdinOnce = ephemeral.StdinOnce,
        Tty = ephemeral.Tty,
    };
}
