using Akka.Actor;
using AkkaKube.ApiServer;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.Client;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers;
using AkkaKube.Etcd;
using AkkaKube.Fabric;
using AkkaKube.Kubelet;
using AkkaKube.Network;
using AkkaKube.Network.Dns;
using AkkaKube.Network.NodePorts;
using AkkaKube.Network.Services;
using AkkaKube.Runtime;
using AkkaKube.Scheduler;

namespace AkkaKube.Host.Composition;

/// <summary>All actors of a cluster in one actor system. What an actor is given here is all that it knows of the others.</summary>
public sealed class Cluster
{
    /// <summary>The port of the API server inside the cluster, whichever one it has outside.</summary>
    private const int ApiServerPort = 6443;

    private Cluster(IActorRef apiServer, IActorRef nodes) => (ApiServer, Nodes) = (apiServer, nodes);

    /// <summary>The API server: takes the requests of <c>AkkaKube.Client.Requests</c>.</summary>
    public IActorRef ApiServer { get; }

    /// <summary>The machines.</summary>
    public IActorRef Nodes { get; }

    /// <summary>Starts a cluster.</summary>
    /// <param name="system">Its configuration holds the settings of all components.</param>
    /// <param name="nodes">How many nodes the cluster brings with it.</param>
    public static Cluster Start(ActorSystem system, int nodes)
    {
        var config = system.Settings.Config;
        var random = ClusterRandom.Of(system);

        var network = NetworkSettings.From(config);

        // The first address of the nodes' network is the API server's own, as pods see it.
        var facts = new BootstrapFacts(network.NodeCidr.AddressAt(1), ApiServerPort);
        var locator = new NodeLocator();
        var etcd = system.ActorOf(EtcdActor.Props(EtcdSettings.From(config), new StoredViews()), "etcd");
        var apiServer = system.ActorOf(ApiServerActor.Props(etcd, ApiServerSettings.From(config), locator, random.Create, facts), "apiserver");
        system.ActorOf(SchedulerActor.Props(apiServer, SchedulerSettings.From(config)), "scheduler");
        system.ActorOf(ControllerManager.Props(apiServer, ControllerSettings.From(config)), "controllers");

        var fabric = system.ActorOf(FabricActor.Props(FabricSettings.From(config), random.Create("fabric")), "fabric");
        var services = system.ActorOf(ServiceWatcher.Props(apiServer, network), "services");
        system.ActorOf(DnsService.Props(apiServer, network.DnsIp), "kube-dns");
        system.ActorOf(ClusterDns.Props(fabric, services, network.Domain, random.Create("dns")), "dns");
        var nodePorts = network.NodePortHost.Length == 0 ? null : system.ActorOf(NodePortsActor.Props(fabric, services, network, random.Create("node-ports")), "node-ports");

        var runtime = RuntimeSettings.From(config);
        var shared = new KubeletServices
        {
            ApiServer = apiServer,
            Fabric = fabric,
            Services = services,
            NodePorts = nodePorts,
            Runtime = node => ContainerRuntime.Props(node.Name, runtime, fabric, random.Create($"runtime/{node.Name}")),
            Settings = KubeletSettings.From(config),
            Network = network,
        };
        var machines = system.ActorOf(NodesActor.Props(shared, nodes), "nodes");
        locator.Set(machines);
        return new Cluster(apiServer, machines);
    }

    /// <summary>All kubelets of the process are reached through the actor that runs them, which is there a moment after the API server.</summary>
    private sealed class NodeLocator : INodeLocator
    {
        private volatile IActorRef? _nodes;

        public void Set(IActorRef nodes) => _nodes = nodes;

        public IActorRef? KubeletOf(string node) => _nodes;
    }
}
