using AkkaKube.Wire;

namespace AkkaKube.Fabric;

/// <summary>The messages by which the fabrics of several hosts are one network, and those of a connection's two ends, by their names on the wire.</summary>
public static class FabricWire
{
    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("fabric")
    {
        StaysHere = new Dictionary<Type, string>
        {
            [typeof(FabricActor.SetRoutes)] = "rules are code; a node's are applied by the fabric of the host that the node is on",
        },
        ["attach"] = typeof(FabricActor.Attach),
        ["attached"] = typeof(FabricActor.Attached),
        ["address-in-use"] = typeof(FabricActor.AddressInUse),
        ["detach"] = typeof(FabricActor.Detach),
        ["listen"] = typeof(FabricActor.Listen),
        ["listening"] = typeof(FabricActor.Listening),
        ["listen-failed"] = typeof(FabricActor.ListenFailed),
        ["unlisten"] = typeof(FabricActor.Unlisten),
        ["connect"] = typeof(FabricActor.Connect),
        ["incoming"] = typeof(FabricActor.Incoming),
        ["connection-ended"] = typeof(FabricActor.ConnectionEnded),
        ["remove-routes"] = typeof(FabricActor.RemoveRoutes),
        ["set-resolver"] = typeof(FabricActor.SetResolver),
        ["resolve"] = typeof(FabricActor.Resolve),
        ["resolved"] = typeof(FabricActor.Resolved),
        ["not-resolved"] = typeof(FabricActor.NotResolved),
        ["get-statistics"] = typeof(FabricActor.GetStatistics),
        ["statistics"] = typeof(FabricActor.Statistics),
        ["peers"] = typeof(FabricActor.Peers),
        ["peer-address"] = typeof(FabricActor.PeerAddress),
        ["peer-table"] = typeof(FabricActor.PeerTable),
        ["peer-changed"] = typeof(FabricActor.PeerChanged),
        ["peer-version"] = typeof(FabricActor.PeerVersion),
        ["ask-peer-table"] = typeof(FabricActor.AskPeerTable),
        ["across"] = typeof(FabricActor.Across),
        ["across-taken"] = typeof(FabricActor.AcrossTaken),
        ["across-refused"] = typeof(FabricActor.AcrossRefused),
        ["across-unanswered"] = typeof(FabricActor.AcrossUnanswered),
        ["connected"] = typeof(FabricActor.Connected),
        ["refused"] = typeof(FabricActor.Refused),
        ["timed-out"] = typeof(FabricActor.TimedOut),
        ["data"] = typeof(Connection.Data),
        ["credit"] = typeof(Connection.Credit),
        ["finish"] = typeof(Connection.Finish),
        ["reset"] = typeof(Connection.Reset),
    };
}
