using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>A node's taints keep pods away that do not tolerate them; those that only ask to (PreferNoSchedule) cost score.</summary>
internal sealed class TaintToleration : IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    private static readonly Verdict Refused = Verdict.UnschedulableAndUnresolvable("node(s) had untolerated taint(s)");

    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node) => pod.Pod.Spec.Tolerations.TolerateAll(node.Node.Spec.Taints) ? Verdict.Fits : Refused;

    public Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        // Only tolerations of the soft effect, or of every effect, count against soft taints.
        cycle.Write(new SoftTolerations([.. pod.Pod.Spec.Tolerations.Where(t => t.Effect is null or TaintEffect.PreferNoSchedule)]));
        return Verdict.Fits;
    }

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        if (node.Node.Spec.Taints.Count == 0) return 0;
        var soft = cycle.Read<SoftTolerations>()!.Tolerations;
        long untolerated = 0;
        foreach (var taint in node.Node.Spec.Taints)
        {
            if (taint.Effect == TaintEffect.PreferNoSchedule && !soft.Tolerate(taint)) untolerated++;
        }

        return untolerated;
    }

    public void Normalize(CycleState cycle, IReadOnlyList<NodeInfo> nodes, Span<long> scores) => Framework.Score.Scale(scores, reverse: true);

    private sealed record SoftTolerations(ValueList<Toleration> Tolerations);
}
