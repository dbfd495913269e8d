using Akka.Actor;
using AkkaKube.Client;
using AkkaKube.Fabric;
using AkkaKube.Kubelet;
using AkkaKube.Network;
using AkkaKube.Network.Dns;
using AkkaKube.Network.NodePorts;
using AkkaKube.Network.Services;
using AkkaKube.Runtime;

namespace AkkaKube.Host.Composition;

/// <summary>The emulated network of a process, and what its kubelets share: the same where the process is a whole cluster and where it is one host of many.</summary>
internal sealed record NetworkParts(IActorRef Fabric, IActorRef Services, IActorRef? NodePorts)
{
    public static NetworkParts Start(ActorSystem system, IActorRef apiServer, NetworkSettings network)
    {
        var random = ClusterRandom.Of(system);
        var fabric = system.ActorOf(FabricActor.Props(FabricSettings.From(system.Settings.Config), random.Create("fabric")), "fabric");
        var services = system.ActorOf(ServiceWatcher.Props(apiServer, network), "services");
        system.ActorOf(DnsService.Props(apiServer, network.DnsIp), "kube-dns");
        system.ActorOf(ClusterDns.Props(fabric, services, network.Domain, random.Create("dns")), "dns");
        var nodePorts = network.NodePortHost.Length == 0 ? null : system.ActorOf(NodePortsActor.Props(fabric, services, network, random.Create("node-ports")), "node-ports");
        return new NetworkParts(fabric, services, nodePorts);
    }

    public KubeletServices ForKubelets(ActorSystem system, IActorRef apiServer, NetworkSettings network)
    {
        var (runtime, random) = (RuntimeSettings.From(system.Settings.Config), ClusterRandom.Of(system));
        return new KubeletServices
        {
            ApiServer = apiServer,
            Fabric = Fabric,
            Services = Services,
            NodePorts = NodePorts,
            Runtime = node => ContainerRuntime.Props(node.Name, runtime, Fabric, random.Create($"runtime/{node.Name}")),
            Settings = KubeletSettings.From(system.Settings.Config),
            Network = network,
        };
    }
}
