using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Fabric;

namespace AkkaKube.Network.Proxy;

/// <summary>Derives the rules of one Service from the Service and its EndpointSlices.</summary>
internal static class ServiceRulesOf
{
    /// <summary>Null where kube-proxy has nothing to do: a headless Service, an ExternalName, or one that another proxy serves.</summary>
    public static ServiceRules? Derive(Service service, IEnumerable<EndpointSlice> slices)
    {
        if (service.Spec.Type == "ExternalName" || service.Spec.ClusterIP is null or "" or "None"
            || service.Metadata.Labels.ContainsKey("service.kubernetes.io/service-proxy-name"))
            return null;
        var key = new ObjectKey(service.Metadata.Namespace, service.Metadata.Name);
        var own = slices.Where(s => s.AddressType == "IPv4").ToList();
        List<(ServiceAddress, PortRule)> inside = [], outside = [];
        List<(int, PortRule)> nodePorts = [];
        foreach (var port in service.Spec.Ports)
        {
            var protocol = port.Protocol ?? "TCP";
            var rule = new PortRule(key, port.Name ?? "", protocol, Backends(port, protocol, own))
            {
                Affinity = service.Spec.SessionAffinity == "ClientIP" ? TimeSpan.FromSeconds(service.Spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? 10800) : null,
                InternalLocal = service.Spec.InternalTrafficPolicy == "Local",
                ExternalLocal = service.Spec.ExternalTrafficPolicy == "Local",
            };
            inside.AddRange(ClusterIps(service).Select(ip => (new ServiceAddress(ip, port.Port, protocol), rule)));
            outside.AddRange(ExternalIps(service).Select(ip => (new ServiceAddress(ip, port.Port, protocol), rule)));
            if (port.NodePort != 0 && protocol == "TCP") nodePorts.Add((port.NodePort, rule));
        }
        return new ServiceRules(key, inside, outside, nodePorts);
    }

    private static IEnumerable<string> ClusterIps(Service service) =>
        service.Spec.ClusterIPs.Count > 0 ? service.Spec.ClusterIPs : [service.Spec.ClusterIP!];

    private static IEnumerable<string> ExternalIps(Service service) =>
        service.Spec.ExternalIPs.Concat(service.Status.LoadBalancer.Ingress.Where(i => i.Ip is not null && i.IpMode != "Proxy").Select(i => i.Ip!));

    private static List<Backend> Backends(ServicePort port, string protocol, List<EndpointSlice> slices)
    {
        List<Backend> ready = [], ending = [];
        foreach (var slice in slices)
            foreach (var endpointPort in slice.Ports)
            {
                if ((endpointPort.Name ?? "") != (port.Name ?? "") || (endpointPort.Protocol ?? "TCP") != protocol || endpointPort.Port is not { } number) continue;
                foreach (var endpoint in slice.Endpoints)
                {
                    // A missing condition means ready; an endpoint that ends is used only as long as nothing better is there.
                    var kind = endpoint.Conditions.Ready ?? true ? ready
                        : (endpoint.Conditions.Serving ?? false) && (endpoint.Conditions.Terminating ?? false) ? ending : null;
                    if (endpoint.Addresses.Count > 0) kind?.Add(new Backend(new SocketAddress(endpoint.Addresses[0], number), endpoint.NodeName));
                }
            }
        var usable = ready.Count > 0 ? ready : ending;
        return [.. usable.Distinct().OrderBy(b => b.Address.Ip, StringComparer.Ordinal).ThenBy(b => b.Address.Port)];
    }
}
