using Akka.Actor.Setup;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using AkkaKube.Wire;

namespace AkkaKube.Host.Composition;

/// <summary>All messages that components of one host send to those of another.</summary>
internal static class HostWire
{
    public static Setup Setup() => RecordSerializer.Setup(EtcdWire.Manifest, RequestsWire.Manifest);
}
