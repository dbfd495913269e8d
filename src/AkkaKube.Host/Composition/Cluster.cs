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
    private Cluster(IActorRef apiServer, IActorRef nodes) => (ApiServer, Nodes) = (apiServer, nodes);

    /// <summary>The API server: takes the requests of <c>AkkaKube.Client.Requests</c>.</summary>
    public IActorRef ApiServer { get; }

    /// <summary>The machines.</summary>
    public IActorRef Nodes { get; }

    /// <summary>Starts a cluster.</summary>
    /// <param name="system">Its configuration holds the settings of all components.</param>
    /// <param name="facts">Where the API server is reached from outside.</param>
    /// <param name="nodes">How many nodes the cluster brings with it.</param>
    public static Cluster Start(ActorSystem system, BootstrapFacts facts, int nodes)
    {
        var config = system.Settings.Config;
        var random = ClusterRandom.Of(system);

        var etcd = system.ActorOf(EtcdActor.Props(EtcdSettings.From(config), new StoredViews()), "etcd");
        var apiServer = system.ActorOf(ApiServerActor.Props(etcd, ApiServerSettings.From(config), new NodeLocator(system), random.Create, facts), "apiserver");
        system.ActorOf(SchedulerActor.Props(apiServer, SchedulerSettings.From(config)), "scheduler");
        system.ActorOf(ControllerManager.Props(apiServer, ControllerSettings.From(config)), "controllers");

        var network = NetworkSettings.From(config);
        var fabric = system.ActorOf(FabricActor.Props(FabricSettings.From(config), random.Create("fabric")), "fabric");
        var services = system.ActorOf(ServiceWatcher.Props(apiServer, network), "services");
        system.ActorOf(ClusterDns.Props(fabric, services, network.Domain, random.Create("dns")), "dns");
        var nodePorts = network.NodePortHost.Length == 0 ? null : system.ActorOf(NodePortsActor.Props(fabric, services, network, random.Create("node-ports")), "node-ports");

        var runtime = RuntimeSettings.From(config);
        var shared = new KubeletServices
        {
            ApiServer = apiServer,
            Fabric = fabric,
            Services = services,
            NodePorts = nodePorts,
            Runtime = node => ContainerRuntime.Props(node.Name, fabric, runtime, random.Create($"runtime/{node.Name}")),
            Settings = KubeletSettings.From(config),
            Network = network,
        };
        return new Cluster(apiServer, system.ActorOf(NodesActor.Props(shared, nodes), "nodes"));
    }

    /// <summary>Kubelets are found by their names below <c>/user/nodes</c>.</summary>
    private sealed class NodeLocator(ActorSystem system) : INodeLocator
    {
        private readonly IActorRefProvider _provider = ((ExtendedActorSystem)system).Provider;

        public IActorRef? KubeletOf(string node)
        {
            var kubelet = _provider.ResolveActorRef(new RootActorPath(_provider.DefaultAddress) / "user" / "nodes" / node);
            return kubelet.IsNobody() ? null : kubelet;
        }
    }
}
