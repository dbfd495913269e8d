using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Prefers nodes whose cpu and memory would be used to the same degree: (1 - deviation) of the best score.</summary>
internal sealed class NodeResourcesBalancedAllocation : IPreScorePlugin, IScorePlugin
{
    /// <summary>A pod that requests nothing balances nothing.</summary>
    public Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible) =>
        pod.Requests is { MilliCpu: 0, Memory: 0 } ? Verdict.Skip : Verdict.Fits;

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        if (node.Allocatable.MilliCpu == 0 || node.Allocatable.Memory == 0) return Framework.Score.Max;
        var cpu = Fraction(node.Requested.MilliCpu + pod.Requests.MilliCpu, node.Allocatable.MilliCpu);
        var memory = Fraction(node.Requested.Memory + pod.Requests.Memory, node.Allocatable.Memory);
        return (long)((1 - Math.Abs((cpu - memory) / 2)) * Framework.Score.Max);
    }

    private static double Fraction(long requested, long allocatable) => Math.Min(1, (double)requested / allocatable);
}
