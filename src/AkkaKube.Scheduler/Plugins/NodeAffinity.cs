using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>A pod's nodeSelector and node affinity: what a node must have, and what it had better have.</summary>
internal sealed class NodeAffinity : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    private static readonly Verdict Refused = Verdict.UnschedulableAndUnresolvable("node(s) didn't match Pod's node affinity/selector");

    public Verdict PreFilter(CycleState cycle, PodInfo pod, Snapshot snapshot) =>
        pod.Pod.Spec.NodeSelector.Count == 0 && pod.Pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is null
            ? Verdict.Skip
            : Verdict.Fits;

    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node) => NodeSelectors.RequiredBy(pod.Pod, node.Node) ? Verdict.Fits : Refused;

    public Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible) =>
        pod.Pod.Spec.Affinity?.NodeAffinity is { PreferredDuringSchedulingIgnoredDuringExecution.Count: > 0 } ? Verdict.Fits : Verdict.Skip;

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        long sum = 0;
        foreach (var preferred in pod.Pod.Spec.Affinity!.NodeAffinity!.PreferredDuringSchedulingIgnoredDuringExecution)
        {
            if (preferred.Weight != 0 && NodeSelectors.Matches(preferred.Preference, node.Node)) sum += preferred.Weight;
        }

        return sum;
    }

    public void Normalize(CycleState cycle, IReadOnlyList<NodeInfo> nodes, Span<long> scores) => Framework.Score.Scale(scores, reverse: false);
}
