using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Ports of one pod that are the same port, or may be.</summary>
internal static class PortWarnings
{
    public static void Add(Warnings warnings, FieldPath path, PodSpec spec)
    {
        List<(FieldPath Path, ContainerPort Port)>? before = null;
        foreach (var (container, place) in PodContainers.Of(spec))
        {
            for (var i = 0; i < container.Ports.Count; i++)
            {
                var port = container.Ports[i];
                var here = place.In(path).Child("ports").Index(i);
                if (!string.IsNullOrEmpty(port.HostIP) && port.HostPort == 0)
                    warnings.Add(here, $"hostIP set without hostPort: {{Name:{port.Name} HostPort:0 ContainerPort:{port.ContainerPortValue} Protocol:{port.Protocol} HostIP:{port.HostIP}}}");
                foreach (var (there, other) in before ?? [])
                    if (other.ContainerPortValue == port.ContainerPortValue && other.Protocol == port.Protocol && Relation(port, other) is { } relation)
                        warnings.Add(here, $"{relation} port definition with {there}");
                (before ??= []).Add((here, port));
            }
        }
    }

    private static string? Relation(ContainerPort port, ContainerPort other)
    {
        var (ip, otherIp) = (port.HostIP ?? "", other.HostIP ?? "");
        if (port.HostPort == other.HostPort && ip == otherIp) return "duplicate";
        if (port.HostPort == 0 || other.HostPort == 0) return "overlapping";
        return port.HostPort == other.HostPort && (ip.Length == 0) != (otherIp.Length == 0) ? "dangerously ambiguous" : null;
    }
}
