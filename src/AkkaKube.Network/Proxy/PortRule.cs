using AkkaKube.Api;

namespace AkkaKube.Network.Proxy;

/// <summary>What kube-proxy does with traffic to one port of one Service. Immutable, shared by the proxies of all nodes.</summary>
public sealed record PortRule
{
    /// <summary>The Service.</summary>
    public required ObjectKey Service { get; init; }

    /// <summary>The port's name; empty for the only port.</summary>
    public string PortName { get; init; } = "";

    /// <summary>TCP, UDP or SCTP.</summary>
    public string Protocol { get; init; } = "TCP";

    /// <summary>All endpoints that may get traffic: the ready ones, or, where none is, those that still serve while they end.</summary>
    public IReadOnlyList<Backend> Backends { get; init; } = [];

    /// <summary>For how long a client comes back to its endpoint (session affinity ClientIP); null: not at all.</summary>
    public TimeSpan? Affinity { get; init; }

    /// <summary>internalTrafficPolicy Local: traffic from inside goes to endpoints of the same node alone.</summary>
    public bool InternalLocal { get; init; }

    /// <summary>externalTrafficPolicy Local: traffic from outside goes to endpoints of the same node alone.</summary>
    public bool ExternalLocal { get; init; }
}
