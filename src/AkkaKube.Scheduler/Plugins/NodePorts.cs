using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>The node's ports that a pod asks for must be free.</summary>
internal sealed class NodePorts : IPreFilterPlugin, IFilterPlugin
{
    private static readonly Verdict Taken = Verdict.Unschedulable("node(s) didn't have free ports for the requested pod ports");

    public Verdict PreFilter(CycleState cycle, PodInfo pod, Snapshot snapshot) => pod.HostPorts.Count == 0 ? Verdict.Skip : Verdict.Fits;

    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        foreach (var port in pod.HostPorts)
        {
            if (node.HasConflict(port)) return Taken;
        }

        return Verdict.Fits;
    }
}
