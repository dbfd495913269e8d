using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Groups addresses by the ports they offer: as few subsets as possible, in one canonical order.</summary>
internal static class EndpointSubsets
{
    public static ValueList<EndpointSubset> Of(IEnumerable<(EndpointAddress Address, bool IsReady, EndpointPort? Port)> offers)
    {
        var byAddress = new Dictionary<(string Ip, string? Uid), (EndpointAddress Address, bool IsReady, List<EndpointPort> Ports)>();
        foreach (var (address, isReady, port) in offers)
        {
            var key = (address.Ip, address.TargetRef?.Uid);
            if (!byAddress.TryGetValue(key, out var entry)) byAddress[key] = entry = (address, isReady, []);
            if (port is not null && !entry.Ports.Contains(port)) entry.Ports.Add(port);
        }

        var groups = new Dictionary<ValueList<EndpointPort>, (List<EndpointAddress> Ready, List<EndpointAddress> NotReady)>();
        foreach (var (address, isReady, ports) in byAddress.Values)
        {
            ValueList<EndpointPort> key = [.. ports.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Port).ThenBy(p => p.Protocol, StringComparer.Ordinal)];
            if (!groups.TryGetValue(key, out var group)) groups[key] = group = ([], []);
            (isReady ? group.Ready : group.NotReady).Add(address);
        }

        return
        [
            .. groups
                .Select(g => new EndpointSubset { Ports = g.Key, Addresses = Sorted(g.Value.Ready), NotReadyAddresses = Sorted(g.Value.NotReady) })
                .OrderBy(s => s.Addresses.Concat(s.NotReadyAddresses).Min(a => a.Ip), StringComparer.Ordinal),
        ];
    }

    private static ValueList<EndpointAddress> Sorted(List<EndpointAddress> addresses) =>
        [.. addresses.OrderBy(a => a.Ip, StringComparer.Ordinal).ThenBy(a => a.TargetRef?.Uid, StringComparer.Ordinal)];
}
