using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>
/// Prefers nodes whose cpu and memory the pod brings closer to being used to the same degree. A pod that changes nothing gets three
/// quarters of the best score; from there it goes up and down by half of what the balance gains or loses.
/// </summary>
internal sealed class NodeResourcesBalancedAllocation : IPreScorePlugin, IScorePlugin
{
    /// <summary>A pod that requests nothing balances nothing.</summary>
    public Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible) =>
        pod.Requests is { MilliCpu: 0, Memory: 0 } ? Verdict.Skip : Verdict.Fits;

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        var with = Balance(node, node.Requested.MilliCpu + pod.Requests.MilliCpu, node.Requested.Memory + pod.Requests.Memory);
        var without = Balance(node, node.Requested.MilliCpu, node.Requested.Memory);
        return (Framework.Score.Max / 2) + (((Framework.Score.Max / 2) + with - without) / 2);
    }

    // One minus the deviation of the two degrees of use; with one resource alone there is none.
    private static long Balance(NodeInfo node, long cpu, long memory)
    {
        if (node.Allocatable.MilliCpu == 0 || node.Allocatable.Memory == 0) return Framework.Score.Max;
        var deviation = Math.Abs((Fraction(cpu, node.Allocatable.MilliCpu) - Fraction(memory, node.Allocatable.Memory)) / 2);
        return (long)((1 - deviation) * Framework.Score.Max);
    }

    private static double Fraction(long requested, long allocatable) => Math.Min(1, (double)requested / allocatable);
}
