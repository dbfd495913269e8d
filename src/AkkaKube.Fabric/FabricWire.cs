using AkkaKube.Wire;

namespace AkkaKube.Fabric;

/// <summary>The messages by which the fabrics of several hosts are one network, and those of a connection's two ends, by their names on the wire.</summary>
public static class FabricWire
{
    private const string OwnNetwork = "what lives on a host attaches, listens and asks there";
    private const string Rules = "a node's rules are applied by the fabric of the host that the node is on";

    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("fabric")
    {
        StaysHere = new Dictionary<Type, string>
        {
            [typeof(FabricActor.Attach)] = OwnNetwork,
            [typeof(FabricActor.Attached)] = OwnNetwork,
            [typeof(FabricActor.AddressInUse)] = OwnNetwork,
            [typeof(FabricActor.Detach)] = OwnNetwork,
            [typeof(FabricActor.Listen)] = OwnNetwork,
            [typeof(FabricActor.Listening)] = OwnNetwork,
            [typeof(FabricActor.ListenFailed)] = OwnNetwork,
            [typeof(FabricActor.Unlisten)] = OwnNetwork,
            [typeof(FabricActor.Connect)] = "it goes to the fabric of the connector's host, and on in an Across",
            [typeof(FabricActor.Incoming)] = "the fabric of the listener's host makes it",
            [typeof(FabricActor.ConnectionEnded)] = OwnNetwork,
            [typeof(FabricActor.SetRoutes)] = Rules,
            [typeof(FabricActor.RemoveRoutes)] = Rules,
            [typeof(FabricActor.SetResolver)] = "every host has a DNS server of its own",
            [typeof(FabricActor.Resolve)] = "every host has a DNS server of its own",
            [typeof(FabricActor.Resolved)] = "every host has a DNS server of its own",
            [typeof(FabricActor.NotResolved)] = "every host has a DNS server of its own",
            [typeof(FabricActor.GetStatistics)] = "every fabric counts for itself",
            [typeof(FabricActor.Statistics)] = "every fabric counts for itself",
            [typeof(FabricActor.Peers)] = "a host tells its own fabric who the others are",
        },
        ["peer-table"] = typeof(FabricActor.PeerTable),
        ["peer-changed"] = typeof(FabricActor.PeerChanged),
        ["peer-version"] = typeof(FabricActor.PeerVersion),
        ["ask-peer-table"] = typeof(FabricActor.AskPeerTable),
        ["across"] = typeof(FabricActor.Across),
        ["across-taken"] = typeof(FabricActor.AcrossTaken),
        ["across-refused"] = typeof(FabricActor.AcrossRefused),
        ["connected"] = typeof(FabricActor.Connected),
        ["refused"] = typeof(FabricActor.Refused),
        ["timed-out"] = typeof(FabricActor.TimedOut),
        ["data"] = typeof(Connection.Data),
        ["credit"] = typeof(Connection.Credit),
        ["finish"] = typeof(Connection.Finish),
        ["reset"] = typeof(Connection.Reset),
    };
}
