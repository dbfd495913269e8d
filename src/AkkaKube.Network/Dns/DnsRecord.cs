namespace AkkaKube.Network.Dns;

/// <summary>The record types that the cluster's DNS knows.</summary>
public enum DnsType
{
    /// <summary>An IPv4 address.</summary>
    A,

    /// <summary>An IPv6 address; the cluster has none, so the answer is always empty.</summary>
    Aaaa,

    /// <summary>A host and port that serve a named port.</summary>
    Srv,

    /// <summary>Another name for the name.</summary>
    Cname,

    /// <summary>The name of an address.</summary>
    Ptr,
}

/// <summary>How a query ended (RFC 1035 RCODE).</summary>
public enum DnsCode
{
    /// <summary>The name exists, with or without records of the wanted type.</summary>
    NoError,

    /// <summary>There is no such name.</summary>
    NxDomain,
}

/// <summary>One resource record.</summary>
/// <param name="Name">Whose record it is, without the final dot.</param>
/// <param name="Type">Its type.</param>
/// <param name="Data">An address, or a name without the final dot.</param>
public sealed record DnsRecord(string Name, DnsType Type, string Data)
{
    /// <summary>The port, in an SRV record.</summary>
    public int Port { get; init; }

    /// <summary>How long the answer may be kept, in seconds.</summary>
    public int Ttl { get; init; } = 30;
}

/// <summary>The answer to a query.</summary>
public sealed record DnsAnswer(DnsCode Code, IReadOnlyList<DnsRecord> Records)
{
    /// <summary>There is no such name.</summary>
    public static readonly DnsAnswer NoSuchName = new(DnsCode.NxDomain, []);

    /// <summary>The name is there, but nothing of the wanted type.</summary>
    public static readonly DnsAnswer NoData = new(DnsCode.NoError, []);
}
