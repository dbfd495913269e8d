using Akka.Actor;
using AkkaKube.Fabric;
using AkkaKube.Network.NodePorts;
using AkkaKube.Network.Services;

namespace AkkaKube.Network.Proxy;

/// <summary>
/// The kube-proxy of one node: gives the fabric the rules for the node's connections whenever Services or endpoints change. The
/// rules themselves are derived once for all nodes; what is the node's own is its name and address.
/// </summary>
public sealed class KubeProxy : ReceiveActor
{
    private readonly string _node;
    private readonly IActorRef _fabric;
    private readonly IActorRef? _nodePorts;

    private KubeProxy(string node, string nodeIp, IActorRef fabric, IActorRef services, IActorRef? nodePorts)
    {
        (_node, _fabric, _nodePorts) = (node, fabric, nodePorts);
        Receive<ServiceView>(view => fabric.Tell(new FabricActor.SetRoutes(node, new NodeRoutes(node, nodeIp, view.Rules))));
        services.Tell(ServiceWatcher.Subscribe.Instance);
        nodePorts?.Tell(new NodePortsActor.NodeUp(node, nodeIp));
    }

    /// <summary>One a node, a child of its kubelet.</summary>
    public static Props Props(string node, string nodeIp, IActorRef fabric, IActorRef services, IActorRef? nodePorts) =>
        Akka.Actor.Props.Create(() => new KubeProxy(node, nodeIp, fabric, services, nodePorts));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _fabric.Tell(new FabricActor.RemoveRoutes(_node));
        _nodePorts?.Tell(new NodePortsActor.NodeDown(_node));
    }
}
