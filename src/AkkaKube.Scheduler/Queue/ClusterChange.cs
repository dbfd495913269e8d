using AkkaKube.Scheduler.Plugins;

namespace AkkaKube.Scheduler.Queue;

/// <summary>What happened in the cluster that may let a waiting pod fit.</summary>
[Flags]
internal enum ClusterChange
{
    None = 0,
    NodeAdded = 1,
    NodeAllocatable = 2,
    NodeLabels = 4,
    NodeTaints = 8,
    PodAssigned = 16,
    PodLabels = 32,
    PodGone = 64,

    /// <summary>The pod itself changed.</summary>
    PodUpdated = 128,
}

/// <summary>Which plugin cares for which change (Kubernetes: EventsToRegister). A change that no refusing plugin cares for leaves a pod waiting.</summary>
internal static class QueueingHints
{
    private const ClusterChange Node = ClusterChange.NodeAdded | ClusterChange.NodeLabels | ClusterChange.NodeTaints;

    private static readonly Dictionary<Type, ClusterChange> Cares = new()
    {
        [typeof(NodeName)] = ClusterChange.NodeAdded,
        [typeof(NodeUnschedulable)] = ClusterChange.NodeAdded | ClusterChange.NodeTaints,
        [typeof(TaintToleration)] = ClusterChange.NodeAdded | ClusterChange.NodeTaints,
        [typeof(NodeAffinity)] = ClusterChange.NodeAdded | ClusterChange.NodeLabels,
        [typeof(NodePorts)] = ClusterChange.NodeAdded | ClusterChange.PodGone,
        [typeof(NodeResourcesFit)] = ClusterChange.NodeAdded | ClusterChange.NodeAllocatable | ClusterChange.PodGone,
        [typeof(InterPodAffinity)] = Node | ClusterChange.PodAssigned | ClusterChange.PodLabels | ClusterChange.PodGone,
        [typeof(PodTopologySpread)] = Node | ClusterChange.PodAssigned | ClusterChange.PodLabels | ClusterChange.PodGone,
    };

    public static bool MayHelp(ClusterChange change, QueuedPod pod)
    {
        if (pod.RefusedBy.Count == 0 || change.HasFlag(ClusterChange.PodUpdated)) return true;
        foreach (var plugin in pod.RefusedBy)
        {
            if ((Cares.GetValueOrDefault(plugin, Node) & change) != 0) return true;
        }

        return false;
    }
}
