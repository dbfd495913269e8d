using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;

namespace AkkaKube.Network.Dns;

/// <summary>What DNS says about one Service.</summary>
public sealed record ServiceNames(ObjectKey Service)
{
    /// <summary>The cluster IPs; empty for a headless Service.</summary>
    public IReadOnlyList<string> ClusterIps { get; init; } = [];

    /// <summary>The name outside that an ExternalName Service stands for.</summary>
    public string? ExternalName { get; init; }

    /// <summary>The endpoints of a headless Service: address, host label and ports.</summary>
    public IReadOnlyList<EndpointName> Endpoints { get; init; } = [];

    /// <summary>The Service's named ports: name, protocol in lower case, number.</summary>
    public IReadOnlyList<(string Name, string Protocol, int Port)> Ports { get; init; } = [];

    /// <summary>Derives the names of one Service from it and its EndpointSlices.</summary>
    internal static ServiceNames Derive(Service service, IEnumerable<EndpointSlice> slices)
    {
        var names = new ServiceNames(new ObjectKey(service.Metadata.Namespace, service.Metadata.Name));
        if (service.Spec.Type == "ExternalName") return names with { ExternalName = service.Spec.ExternalName?.TrimEnd('.') };
        if (service.Spec.ClusterIP is { Length: > 0 } ip && ip != "None")
            return names with
            {
                ClusterIps = service.Spec.ClusterIPs.Count > 0 ? service.Spec.ClusterIPs : [ip],
                Ports = [.. service.Spec.Ports.Where(p => !string.IsNullOrEmpty(p.Name)).Select(p => (p.Name!, Lower(p.Protocol), p.Port))],
            };
        return names with { Endpoints = [.. slices.Where(s => s.AddressType == "IPv4").SelectMany(EndpointsOf)] };
    }

    private static IEnumerable<EndpointName> EndpointsOf(EndpointSlice slice)
    {
        List<(string, string, int)> ports = [.. slice.Ports.Where(p => p.Port is not null).Select(p => (p.Name ?? "", Lower(p.Protocol), p.Port!.Value))];
        return slice.Endpoints.Where(e => e.Conditions.Ready ?? true)
            .SelectMany(e => e.Addresses.Select(a => new EndpointName(a, string.IsNullOrEmpty(e.Hostname) ? a.Replace('.', '-') : e.Hostname, ports)));
    }

    private static string Lower(string? protocol) => (protocol ?? "TCP").ToLowerInvariant();
}

/// <summary>One endpoint of a headless Service under its host label: the pod's hostname, or its address with dashes.</summary>
public sealed record EndpointName(string Ip, string Label, IReadOnlyList<(string Name, string Protocol, int Port)> Ports);
