using AkkaKube.Network.NodePorts;
using AkkaKube.Network.Services;
using AkkaKube.Wire;

namespace AkkaKube.Network;

/// <summary>What is said to the network's actors, by its names on the wire. What Services there are, every host follows by itself, and makes its own rules of it.</summary>
public static class NetworkWire
{
    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("network")
    {
        ["node-up"] = typeof(NodePortsActor.NodeUp),
        ["node-down"] = typeof(NodePortsActor.NodeDown),
        ["subscribe-services"] = typeof(ServiceWatcher.Subscribe),
        ["get-services"] = typeof(ServiceWatcher.Get),
    };
}
