using Akka.Actor;
using AkkaKube.ApiServer;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.Client;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers;
using AkkaKube.Etcd;
using AkkaKube.Kubelet;
using AkkaKube.Network;
using AkkaKube.Scheduler;

namespace AkkaKube.Host.Composition;

/// <summary>All actors of a cluster in one actor system, one process. What an actor is given here is all that it knows of the others.</summary>
public sealed class Cluster
{
    /// <summary>The port of the API server inside the cluster, whichever one it has outside.</summary>
    internal const int ApiServerPort = 6443;

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

        var parts = NetworkParts.Start(system, apiServer, network);
        var machines = system.ActorOf(NodesActor.Props(parts.ForKubelets(system, apiServer, network), nodes), "nodes");
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
