using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>A pod that names its node fits that node alone.</summary>
internal sealed class NodeName : IFilterPlugin
{
    private static readonly Verdict Other = Verdict.UnschedulableAndUnresolvable("node(s) didn't match the requested node name");

    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node) =>
        pod.Pod.Spec.NodeName is null || pod.Pod.Spec.NodeName == node.Name ? Verdict.Fits : Other;
}
