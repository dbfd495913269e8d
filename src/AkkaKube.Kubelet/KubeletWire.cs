using AkkaKube.Wire;

namespace AkkaKube.Kubelet;

/// <summary>What is said to the kubelets and the directory of the nodes from other hosts, by its names on the wire. A log is read with the API's own requests.</summary>
public static class KubeletWire
{
    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("kubelet")
    {
        StaysHere = new Dictionary<Type, string>
        {
            [typeof(KubeletHost.Follow)] = "kubelets ask the host that they are on",
            [typeof(KubeletHost.Welcome)] = "kubelets ask the host that they are on",
            [typeof(KubeletHost.NodeIs)] = "kubelets ask the host that they are on",
        },
        ["hand-off"] = typeof(KubeletEntity.HandOff),
        ["run"] = typeof(KubeletEntity.Run),
        ["start-node"] = typeof(NodesActor.StartNode),
        ["stop-node"] = typeof(NodesActor.StopNode),
        ["get-running"] = typeof(NodesActor.GetRunning),
        ["running"] = typeof(NodesActor.Running),
    };
}
