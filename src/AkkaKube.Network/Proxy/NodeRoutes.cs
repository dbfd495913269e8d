using AkkaKube.Fabric;

namespace AkkaKube.Network.Proxy;

/// <summary>
/// The kube-proxy of one node: what the table that all nodes share means for connections that start here or come to one of the
/// node's ports. Immutable; a few words of memory a node.
/// </summary>
public sealed class NodeRoutes(string nodeName, string nodeIp, RuleTable rules) : IRoutes
{
    /// <inheritdoc/>
    public Route Find(SocketAddress source, SocketAddress target)
    {
        if (rules.ClusterIp(target.Ip, target.Port) is { } inside) return Choose(inside, inside.InternalLocal, masqueradeAs: null);
        if (rules.External(target.Ip, target.Port) is { } external) return Choose(external, onlyLocal: false, nodeIp);
        if (target.Ip == nodeIp && rules.NodePorts.TryGetValue(target.Port, out var port))
            // With the Local policy the client's own address reaches the pod: that is what the policy is for.
            return Choose(port, port.ExternalLocal, port.ExternalLocal ? null : nodeIp);
        return rules.IsServiceAddress(target.Ip) ? Route.Reject : Route.Direct;
    }

    private Route Choose(PortRule rule, bool onlyLocal, string? masqueradeAs)
    {
        if (rule.Endpoints.Count == 0) return Route.Reject;
        var usable = onlyLocal ? rule.Local(nodeName) : rule.Endpoints;
        return usable.Count == 0 ? Route.Drop : new Route.Balance(usable) { SourceIp = masqueradeAs, Affinity = rule.Affinity };
    }
}
