namespace AkkaKube.Network.Proxy;

/// <summary>Where a connection to a Service goes.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>No rule is about this address: it goes where it is addressed to.</summary>
    public sealed record Direct : Verdict;

    /// <summary>To this endpoint.</summary>
    public sealed record To(Backend Backend) : Verdict;

    /// <summary>The Service has no endpoint: refused at once (iptables: REJECT).</summary>
    public sealed record Refused : Verdict;

    /// <summary>The Service has endpoints, but its traffic policy allows none of them here: lost without an answer (iptables: DROP).</summary>
    public sealed record Dropped : Verdict;

    /// <summary>The one instance.</summary>
    public static readonly Verdict NoRule = new Direct();

    /// <summary>The one instance.</summary>
    public static readonly Verdict Refuse = new Refused();

    /// <summary>The one instance.</summary>
    public static readonly Verdict Drop = new Dropped();
}
