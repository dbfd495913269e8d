using AkkaKube.Api;

namespace AkkaKube.Network.Proxy;

/// <summary>
/// The kube-proxy of one node: chooses the endpoint of each connection that starts here by the table that all nodes share,
/// and remembers which endpoint a client had where the Service wants that.
/// </summary>
public sealed class NodeProxy(string nodeName, Random random)
{
    private const int ForgetFrom = 1024;
    private readonly Dictionary<(ObjectKey Service, string Port, string Client), (Backend Backend, DateTimeOffset Used)> _affinity = [];

    /// <summary>The rules in force.</summary>
    public RuleTable Rules { get; set; } = RuleTable.Empty;

    /// <summary>Where a connection from a program on this node to <paramref name="ip"/> and <paramref name="port"/> goes.</summary>
    public Verdict Route(string client, string ip, int port, DateTimeOffset now, string protocol = "TCP")
    {
        if (Rules.ClusterIp(ip, port, protocol) is { } rule) return Choose(rule, client, rule.InternalLocal, now);
        // A pod that calls an external address of its own cluster is inside: the external policy is not for it.
        if (Rules.External(ip, port, protocol) is { } external) return Choose(external, client, onlyLocal: false, now);
        return Rules.IsServiceAddress(ip) ? Verdict.Refuse : Verdict.NoRule;
    }

    /// <summary>Where a connection from outside to a port of this node goes.</summary>
    public Verdict RouteNodePort(string client, int port, DateTimeOffset now) =>
        Rules.NodePorts.TryGetValue(port, out var rule) ? Choose(rule, client, rule.ExternalLocal, now) : Verdict.NoRule;

    private void Forget(DateTimeOffset before)
    {
        foreach (var (key, had) in _affinity)
            if (had.Used < before) _affinity.Remove(key);
    }

    private Verdict Choose(PortRule rule, string client, bool onlyLocal, DateTimeOffset now)
    {
        if (rule.Backends.Count == 0) return Verdict.Refuse;
        var usable = onlyLocal ? rule.Backends.Where(b => b.NodeName == nodeName).ToList() : rule.Backends;
        if (usable.Count == 0) return Verdict.Drop;
        var key = (rule.Service, rule.PortName, client);
        if (rule.Affinity is { } lasts && _affinity.TryGetValue(key, out var had) && now - had.Used <= lasts && usable.Contains(had.Backend))
        {
            _affinity[key] = (had.Backend, now);
            return new Verdict.To(had.Backend);
        }
        var chosen = usable[random.Next(usable.Count)];
        if (rule.Affinity is { } kept)
        {
            if (_affinity.Count >= ForgetFrom) Forget(now - kept);
            _affinity[key] = (chosen, now);
        }
        return new Verdict.To(chosen);
    }
}
