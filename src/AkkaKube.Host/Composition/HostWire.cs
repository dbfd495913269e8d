using Akka.Actor.Setup;
using AkkaKube.Client.Requests;
using AkkaKube.Console.Commands;
using AkkaKube.Etcd;
using AkkaKube.Fabric;
using AkkaKube.Kubelet;
using AkkaKube.Wire;

namespace AkkaKube.Host.Composition;

/// <summary>All messages that components of one host send to those of another.</summary>
public static class HostWire
{
    /// <summary>Gives an actor system the serializers of all these messages.</summary>
    public static Setup Setup() => RecordSerializer.Setup(EtcdWire.Manifest, RequestsWire.Manifest, FabricWire.Manifest, KubeletWire.Manifest, ConsoleMessages.Manifest);
}
