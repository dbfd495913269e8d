using AkkaKube.Api.Core.V1;
using AkkaKube.Network.Dns;
using AkkaKube.Network.Proxy;

namespace AkkaKube.Network.Services;

/// <summary>What the network knows about all Services at one moment; one instance for the whole process.</summary>
/// <param name="Rules">kube-proxy's rules.</param>
/// <param name="Zone">The names.</param>
/// <param name="All">The Services themselves, for the variables that name them in containers.</param>
public sealed record ServiceView(RuleTable Rules, DnsZone Zone, IReadOnlyList<Service> All)
{
    private readonly ILookup<string, Service> _byNamespace = All.ToLookup(s => s.Metadata.Namespace ?? "");

    /// <summary>No Service at all.</summary>
    public static readonly ServiceView Empty = new(RuleTable.Empty, new DnsZone("cluster.local", []), []);

    /// <summary>The Services of a namespace.</summary>
    public IEnumerable<Service> InNamespace(string? name) => _byNamespace[name ?? ""];
}
