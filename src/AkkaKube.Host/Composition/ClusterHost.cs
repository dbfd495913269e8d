using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Coordination;
using AkkaKube.ApiServer;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.ApiServer.Services;
using AkkaKube.Client;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers;
using AkkaKube.Etcd;
using AkkaKube.Kubelet;
using AkkaKube.Kubelet.Logs;
using AkkaKube.Network;
using AkkaKube.Scheduler;

namespace AkkaKube.Host.Composition;

/// <summary>
/// The actors of one host of a cluster of many: an API server, the network of its pods, and its share of what the hosts divide among them. The etcd shards
/// and the kubelets are sharded entities, the scheduler, the controllers, the directory of the nodes and the writer of Services are each on one host.
/// </summary>
public sealed class ClusterHost
{
    /// <summary>What one host has for all: the actor NAME below its manager, <c>/user/NAME</c>.</summary>
    internal static readonly IReadOnlyList<string> Singletons = ["controllers", "nodes", "scheduler", "service-writer"];

    private const string LeaseSettings = "akkakube.lease";
    private readonly HostStanding _standing;

    // One that fails, or is killed from the console, starts again where it is.
    private static readonly SupervisorStrategy Again = new OneForOneStrategy(failure => failure is ActorInitializationException ? Directive.Stop : Directive.Restart);

    private ClusterHost(IActorRef apiServer, IActorRef nodes, HostStanding standing) => (ApiServer, Nodes, _standing) = (apiServer, nodes, standing);

    /// <summary>The API server of this host: takes the requests of <c>AkkaKube.Client.Requests</c>.</summary>
    public IActorRef ApiServer { get; }

    /// <summary>The way to the directory of the machines, wherever it is.</summary>
    public IActorRef Nodes { get; }

    /// <summary>Completes when the host is in the cluster under its name.</summary>
    public Task Joined => _standing.Joined;

    /// <summary>Why this host cannot serve now; null when it can. Any thread may ask.</summary>
    public string? Hindrance() => _standing.Hindrance;

    /// <summary>Starts what runs on a host.</summary>
    /// <param name="system">Its configuration holds the settings of all components; it joins the cluster by itself.</param>
    /// <param name="host">The host's name.</param>
    /// <param name="nodes">How many nodes the cluster brings with it.</param>
    public static ClusterHost Start(ActorSystem system, string host, int nodes)
    {
        var config = system.Settings.Config;
        var random = ClusterRandom.Of(system);
        var network = NetworkSettings.From(config);
        var apiSettings = ApiServerSettings.From(config);

        var standing = HostStanding.Take(system, host);
        var etcd = system.ActorOf(EtcdProxy.Props(EtcdRegion(system, host), EtcdSettings.From(config), new StoredViews()), "etcd");
        var services = system.ActorOf(ServiceWriterGateway.Props(Proxy(system, "service-writer"), apiSettings), "service-gateway");
        var facts = new BootstrapFacts(network.NodeCidr.AddressAt(1), Cluster.ApiServerPort);
        var logs = new KubeletLogs();
        var apiServer = system.ActorOf(ApiServerActor.Props(etcd, apiSettings, logs, random.Create, facts, services), "apiserver");

        var parts = NetworkParts.Start(system, apiServer, network);
        system.ActorOf(FabricPeers.Props(parts.Fabric), "fabric-peers");
        var kubelets = KubeletRegion(system, system.ActorOf(KubeletHost.Props(parts.ForKubelets(system, apiServer, network) with { IsCurrent = () => standing.Hindrance is null }), "kubelets"));
        logs.Set(system.ActorOf(LogGate.Props(kubelets), "logs"));

        Singleton(system, "service-writer", ServiceWriter.Props(apiServer), ServiceWriter.Finish.Instance);
        Singleton(system, "scheduler", SchedulerActor.Props(apiServer, SchedulerSettings.From(config)), PoisonPill.Instance);
        Singleton(system, "controllers", ControllerManager.Props(apiServer, ControllerSettings.From(config)), PoisonPill.Instance);
        Singleton(system, "nodes", NodeDirectory.Props(apiServer, kubelets, KubeletSettings.From(config), network, nodes), PoisonPill.Instance);
        return new ClusterHost(apiServer, Proxy(system, "nodes"), standing);
    }

    private static IActorRef EtcdRegion(ActorSystem system, string host)
    {
        var (settings, views) = (EtcdSettings.From(system.Settings.Config), new StoredViews());
        var leases = LeaseProvider.Get(system);
        return ClusterSharding.Get(system).Start(
            EtcdEntity.TypeName,
            resource => EtcdEntity.Props(resource, settings, views, leases.GetLease($"shard/{EtcdEntity.TypeName}/{resource}", LeaseSettings, host).CheckLease),
            // A shard is there as long as the cluster.
            ClusterShardingSettings.Create(system).WithPassivateIdleAfter(TimeSpan.Zero),
            new EtcdExtractor(),
            ClusterSharding.Get(system).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(system)),
            EtcdEntity.StopMessage);
    }

    private static IActorRef KubeletRegion(ActorSystem system, IActorRef kubeletHost) => ClusterSharding.Get(system).Start(
        KubeletShards.TypeName,
        node => KubeletEntity.Props(node, kubeletHost, new Passivate(KubeletEntity.HandOff.Instance)),
        // Wherever its shard comes up, a kubelet that ran comes up by itself.
        ClusterShardingSettings.Create(system).WithRememberEntities(true).WithPassivateIdleAfter(TimeSpan.Zero),
        new KubeletExtractor(KubeletSettings.From(system.Settings.Config).Shards),
        ClusterSharding.Get(system).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(system)),
        KubeletEntity.HandOff.Instance);

    private static void Singleton(ActorSystem system, string name, Props props, object stop) =>
        system.ActorOf(ClusterSingletonManager.Props(props, stop, ClusterSingletonManagerSettings.Create(system).WithSingletonName(name)).WithSupervisorStrategy(Again), name);

    private static IActorRef Proxy(ActorSystem system, string name) =>
        system.ActorOf(ClusterSingletonProxy.Props($"/user/{name}", ClusterSingletonProxySettings.Create(system).WithSingletonName(name)), $"{name}-proxy");

    /// <summary>Whichever kubelet it is, the way to its logs is the same; it is there a moment after the API server.</summary>
    private sealed class KubeletLogs : INodeLocator
    {
        private volatile IActorRef? _gate;

        public void Set(IActorRef gate) => _gate = gate;

        public IActorRef? KubeletOf(string node) => _gate;
    }
}
