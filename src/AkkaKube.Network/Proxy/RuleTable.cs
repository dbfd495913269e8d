using AkkaKube.Api;

namespace AkkaKube.Network.Proxy;

/// <summary>An address and port that a Service listens on.</summary>
public readonly record struct ServiceAddress(string Ip, int Port, string Protocol);

/// <summary>All rules of kube-proxy at one moment. Immutable: derived once, read by every node.</summary>
public sealed class RuleTable
{
    /// <summary>No Service at all.</summary>
    public static readonly RuleTable Empty = new([], [], [], []);

    private readonly Dictionary<ServiceAddress, PortRule> _internal;
    private readonly Dictionary<ServiceAddress, PortRule> _external;
    private readonly HashSet<string> _addresses;

    private RuleTable(Dictionary<ServiceAddress, PortRule> inside, Dictionary<ServiceAddress, PortRule> outside, Dictionary<int, PortRule> nodePorts, HashSet<string> addresses)
    {
        (_internal, _external, NodePorts, _addresses) = (inside, outside, nodePorts, addresses);
    }

    /// <summary>The rules by node port (TCP).</summary>
    public IReadOnlyDictionary<int, PortRule> NodePorts { get; }

    /// <summary>The rule for traffic to a cluster IP; null where none is for this address and port.</summary>
    public PortRule? ClusterIp(string ip, int port, string protocol = "TCP") => _internal.GetValueOrDefault(new ServiceAddress(ip, port, protocol));

    /// <summary>The rule for traffic to an external or load balancer address.</summary>
    public PortRule? External(string ip, int port, string protocol = "TCP") => _external.GetValueOrDefault(new ServiceAddress(ip, port, protocol));

    /// <summary>Whether some Service has this address, whatever its ports.</summary>
    public bool IsServiceAddress(string ip) => _addresses.Contains(ip);

    /// <summary>Puts the rules of all Services into one table.</summary>
    public static RuleTable Of(IEnumerable<ServiceRules> services)
    {
        Dictionary<ServiceAddress, PortRule> inside = [], outside = [];
        Dictionary<int, PortRule> nodePorts = [];
        HashSet<string> addresses = [];
        foreach (var service in services)
        {
            foreach (var (address, rule) in service.ClusterIps) { inside[address] = rule; addresses.Add(address.Ip); }
            foreach (var (address, rule) in service.ExternalIps) { outside[address] = rule; addresses.Add(address.Ip); }
            foreach (var (port, rule) in service.NodePorts) nodePorts[port] = rule;
        }
        return new RuleTable(inside, outside, nodePorts, addresses);
    }
}

/// <summary>The rules of one Service.</summary>
public sealed record ServiceRules(
    ObjectKey Service,
    IReadOnlyList<(ServiceAddress Address, PortRule Rule)> ClusterIps,
    IReadOnlyList<(ServiceAddress Address, PortRule Rule)> ExternalIps,
    IReadOnlyList<(int Port, PortRule Rule)> NodePorts);
