using Akka.Actor.Setup;
using AkkaKube.ApiServer;
using AkkaKube.Client.Requests;
using AkkaKube.Console.Commands;
using AkkaKube.Etcd;
using AkkaKube.Fabric;
using AkkaKube.Kubelet;
using AkkaKube.Network;
using AkkaKube.Runtime;
using AkkaKube.Wire;

namespace AkkaKube.Host.Composition;

/// <summary>All messages that components of one host send to those of another.</summary>
public static class HostWire
{
    /// <summary>The tables of all components.</summary>
    public static IReadOnlyList<WireManifest> Manifests { get; } =
    [
        RequestsWire.Manifest, EtcdWire.Manifest, ApiServerWire.Manifest, FabricWire.Manifest, NetworkWire.Manifest, KubeletWire.Manifest, RuntimeWire.Manifest, ConsoleMessages.Manifest,
    ];

    /// <summary>Gives an actor system the serializers of all these messages.</summary>
    public static Setup Setup() => RecordSerializer.Setup(Manifests);
}
