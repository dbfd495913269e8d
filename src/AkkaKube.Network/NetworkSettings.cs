using Akka.Configuration;
using AkkaKube.Network.Cni;

namespace AkkaKube.Network;

/// <summary>The section <c>akkakube.network</c>.</summary>
public sealed record NetworkSettings
{
    /// <summary>Where pods get their addresses from.</summary>
    public required Cidr PodCidr { get; init; }

    /// <summary>The prefix length of one node's share of it.</summary>
    public required int NodePrefixLength { get; init; }

    /// <summary>Where nodes get their addresses from.</summary>
    public required Cidr NodeCidr { get; init; }

    /// <summary>Where Services get their cluster IPs from; no pod gets an address in it.</summary>
    public required Cidr ServiceCidr { get; init; }

    /// <summary>The cluster IP of the DNS service.</summary>
    public required string DnsIp { get; init; }

    /// <summary>The domain under which the cluster's names are.</summary>
    public required string Domain { get; init; }

    /// <summary>How long changes of Services and endpoints are gathered before the rules are derived again.</summary>
    public required TimeSpan SyncPeriod { get; init; }

    /// <summary>The address of this machine on which node ports listen; empty: they do not.</summary>
    public required string NodePortHost { get; init; }

    /// <summary>Whether several processes of this machine listen on the same node ports.</summary>
    public bool NodePortsShared { get; init; }

    /// <summary>Reads the section.</summary>
    public static NetworkSettings From(Config config) => new()
    {
        PodCidr = Cidr.Parse(config.GetString("akkakube.network.pod-cidr")),
        NodePrefixLength = config.GetInt("akkakube.network.node-prefix-length"),
        NodeCidr = Cidr.Parse(config.GetString("akkakube.network.node-cidr")),
        ServiceCidr = Cidr.Parse(config.GetString("akkakube.network.service-cidr")),
        DnsIp = config.GetString("akkakube.network.dns-ip"),
        Domain = config.GetString("akkakube.network.domain"),
        SyncPeriod = config.GetTimeSpan("akkakube.network.sync-period"),
        NodePortHost = config.GetString("akkakube.network.node-port-host"),
        NodePortsShared = config.GetBoolean("akkakube.network.node-ports-shared"),
    };
}
