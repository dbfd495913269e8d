using AkkaKube.Api;
using AkkaKube.Fabric;

namespace AkkaKube.Network.Proxy;

/// <summary>What kube-proxy does with traffic to one port of one Service. Immutable, shared by the proxies of all nodes.</summary>
public sealed class PortRule
{
    private static readonly IReadOnlyList<SocketAddress> None = [];
    private readonly Dictionary<string, List<SocketAddress>> _byNode = [];

    /// <summary>A rule that spreads connections over <paramref name="backends"/>.</summary>
    internal PortRule(ObjectKey service, string portName, string protocol, IReadOnlyList<Backend> backends)
    {
        (Service, PortName, Protocol) = (service, portName, protocol);
        Endpoints = [.. backends.Select(b => b.Address)];
        foreach (var backend in backends)
        {
            if (backend.NodeName is null) continue;
            if (!_byNode.TryGetValue(backend.NodeName, out var local)) _byNode[backend.NodeName] = local = [];
            local.Add(backend.Address);
        }
    }

    /// <summary>The Service.</summary>
    public ObjectKey Service { get; }

    /// <summary>The port's name; empty for the only port.</summary>
    public string PortName { get; }

    /// <summary>TCP, UDP or SCTP.</summary>
    public string Protocol { get; }

    /// <summary>All endpoints that may get traffic: the ready ones, or, where none is, those that still serve while they end.</summary>
    public IReadOnlyList<SocketAddress> Endpoints { get; }

    /// <summary>For how long a client comes back to its endpoint (session affinity ClientIP); null: not at all.</summary>
    public TimeSpan? Affinity { get; init; }

    /// <summary>internalTrafficPolicy Local: traffic from inside goes to endpoints of the same node alone.</summary>
    public bool InternalLocal { get; init; }

    /// <summary>externalTrafficPolicy Local: traffic from outside goes to endpoints of the same node alone.</summary>
    public bool ExternalLocal { get; init; }

    /// <summary>The endpoints on <paramref name="node"/>.</summary>
    public IReadOnlyList<SocketAddress> Local(string node) => _byNode.TryGetValue(node, out var local) ? local : None;
}

/// <summary>One place that serves a Service's port: a pod's address and port, and the node it is on.</summary>
internal sealed record Backend(SocketAddress Address, string? NodeName);
