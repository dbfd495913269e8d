using AkkaKube.Api.Core.V1;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>A cordoned node takes only pods that tolerate its being cordoned.</summary>
internal sealed class NodeUnschedulable : IFilterPlugin
{
    private static readonly Taint Cordoned = new() { Key = "node.kubernetes.io/unschedulable", Effect = TaintEffect.NoSchedule };
    private static readonly Verdict Refused = Verdict.UnschedulableAndUnresolvable("node(s) were unschedulable");

    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node) =>
        !node.Node.Spec.Unschedulable || pod.Pod.Spec.Tolerations.Tolerate(Cordoned) ? Verdict.Fits : Refused;
}
