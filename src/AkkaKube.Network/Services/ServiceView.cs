using AkkaKube.Network.Dns;
using AkkaKube.Network.Proxy;

namespace AkkaKube.Network.Services;

/// <summary>What the network knows about all Services at one moment; one instance for the whole process.</summary>
public sealed record ServiceView(RuleTable Rules, DnsZone Zone)
{
    /// <summary>No Service at all.</summary>
    public static readonly ServiceView Empty = new(RuleTable.Empty, new DnsZone("cluster.local", []));
}
