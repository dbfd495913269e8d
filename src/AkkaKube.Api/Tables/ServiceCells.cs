using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;

namespace AkkaKube.Api.Tables;

/// <summary>The cells of services and of what stands behind them.</summary>
internal static class ServiceCells
{
    private const int Shown = 3;
    private const int LoadBalancerWidth = 16;

    public static string ExternalIp(Service service)
    {
        var spec = service.Spec;
        switch (spec.Type)
        {
            case ServiceType.ClusterIP or ServiceType.NodePort:
                return spec.ExternalIPs.Count > 0 ? string.Join(',', spec.ExternalIPs) : "<none>";
            case ServiceType.ExternalName:
                return spec.ExternalName ?? "";
            case ServiceType.LoadBalancer:
                var balancers = string.Join(',', service.Status.LoadBalancer.Ingress.Select(i => i.Ip ?? i.Hostname ?? "").Where(a => a.Length > 0).Distinct().Order(StringComparer.Ordinal));
                if (balancers.Length > LoadBalancerWidth) balancers = balancers[..(LoadBalancerWidth - 3)] + "...";
                var all = balancers.Length == 0 ? spec.ExternalIPs : [balancers, .. spec.ExternalIPs];
                return all.Count == 0 ? "<pending>" : string.Join(',', all);
            default:
                return "<unknown>";
        }
    }

    public static string Ports(Service service) => service.Spec.Ports.Count == 0
        ? "<none>"
        : string.Join(',', service.Spec.Ports.Select(p => p.NodePort > 0 ? $"{p.Port}:{p.NodePort}/{p.Protocol}" : $"{p.Port}/{p.Protocol}"));

    public static string Addresses(Endpoints endpoints)
    {
        if (endpoints.Subsets.Count == 0) return "<none>";
        var all = new List<string>();
        foreach (var subset in endpoints.Subsets)
        {
            if (subset.Ports.Count == 0) all.AddRange(subset.Addresses.Select(a => a.Ip));
            foreach (var port in subset.Ports) all.AddRange(subset.Addresses.Select(a => a.Ip.Contains(':', StringComparison.Ordinal) ? $"[{a.Ip}]:{port.Port}" : $"{a.Ip}:{port.Port}"));
        }

        return First(all, "");
    }

    public static string Addresses(EndpointSlice slice) => First([.. slice.Endpoints.SelectMany(e => e.Addresses)], "<unset>");

    public static string Ports(EndpointSlice slice) => First([.. slice.Ports.Select(p => p.Port?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? p.Name ?? "*")], "<unset>");

    private static string First(List<string> all, string none) => all.Count switch
    {
        0 => none,
        <= Shown => string.Join(',', all),
        _ => $"{string.Join(',', all.Take(Shown))} + {all.Count - Shown} more...",
    };
}
