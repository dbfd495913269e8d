using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>The order in which nodes are looked at: one of each zone in turn, so that a part of the nodes is never a part of the zones.</summary>
internal static class ZoneOrder
{
    public static string ZoneOf(Node node) =>
        $"{node.Metadata.Labels.GetValueOrDefault("topology.kubernetes.io/region")}:{node.Metadata.Labels.GetValueOrDefault("topology.kubernetes.io/zone")}";

    public static IReadOnlyList<NodeInfo> Of(IEnumerable<NodeInfo> nodes)
    {
        var zones = nodes.GroupBy(node => ZoneOf(node.Node)).Select(zone => zone.ToList()).ToList();
        var ordered = new List<NodeInfo>();
        for (var i = 0; zones.Exists(zone => i < zone.Count); i++) ordered.AddRange(zones.Where(zone => i < zone.Count).Select(zone => zone[i]));
        return ordered;
    }
}
