using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>A port of a node that a pod asks for.</summary>
internal readonly record struct HostPort(string Ip, string Protocol, int Port)
{
    private const string Any = "0.0.0.0";

    /// <summary>Two pods cannot have both: the same port and protocol on the same address, or on all of them.</summary>
    public bool ConflictsWith(HostPort other) =>
        Port == other.Port && Protocol == other.Protocol && (Ip == other.Ip || Ip == Any || other.Ip == Any);
}

/// <summary>The ports of the node that the containers of a pod ask for.</summary>
internal static class HostPorts
{
    public static IReadOnlyList<HostPort> Of(Pod pod)
    {
        List<HostPort>? ports = null;
        foreach (var container in pod.Spec.Containers) Collect(container);
        foreach (var container in pod.Spec.InitContainers)
        {
            if (container.RestartPolicy == "Always") Collect(container);
        }

        return ports ?? (IReadOnlyList<HostPort>)[];

        void Collect(Container container)
        {
            foreach (var port in container.Ports)
            {
                if (port.HostPort > 0) (ports ??= []).Add(new HostPort(port.HostIP ?? "0.0.0.0", port.Protocol ?? "TCP", port.HostPort));
            }
        }
    }
}
