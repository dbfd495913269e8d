namespace AkkaKube.Fabric;

/// <summary>
/// What a node does with a connection before it leaves: kube-proxy's rules as an immutable table. The fabric asks it on its own turn for
/// every connection, so a lookup is a dictionary access, knows no actor, and changes nothing.
/// </summary>
public interface IRoutes
{
    /// <summary>What becomes of a connection from <paramref name="source"/> to <paramref name="target"/>.</summary>
    Route Find(SocketAddress source, SocketAddress target);
}

/// <summary>The decision of a node's rules about one connection.</summary>
public abstract record Route
{
    /// <summary>No rule is about it: it goes where it is addressed to.</summary>
    public static readonly Route Direct = new DirectRoute();

    /// <summary>Refused at once (iptables: REJECT), e.g. a Service without endpoints.</summary>
    public static readonly Route Reject = new RejectRoute();

    /// <summary>Never answered (iptables: DROP), e.g. a local traffic policy without a local endpoint.</summary>
    public static readonly Route Drop = new DropRoute();

    private Route()
    {
    }

    /// <summary>To one of several endpoints, each with the same chance.</summary>
    /// <param name="Endpoints">Not empty.</param>
    public sealed record Balance(IReadOnlyList<SocketAddress> Endpoints) : Route
    {
        /// <summary>The address that the endpoint sees as the source (masquerade); null keeps the real one.</summary>
        public string? SourceIp { get; init; }

        /// <summary>A source stays with its endpoint as long as it comes back within this time; null for none.</summary>
        public TimeSpan? Affinity { get; init; }
    }

    internal sealed record DirectRoute : Route;

    internal sealed record RejectRoute : Route;

    internal sealed record DropRoute : Route;
}
