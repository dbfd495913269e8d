using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>A node must have what a pod requests; among those that have, the emptier ones score better (strategy LeastAllocated).</summary>
internal sealed class NodeResourcesFit : IFilterPlugin, IScorePlugin
{
    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        List<string>? lacking = null;
        var everEnough = true;
        if (node.Pods.Count + 1 > node.Allocatable.Pods) (lacking = []).Add("Too many pods");
        var wanted = pod.Requests;
        if (!wanted.IsNothing)
        {
            Check("cpu", wanted.MilliCpu, node.Allocatable.MilliCpu, node.Requested.MilliCpu);
            Check("memory", wanted.Memory, node.Allocatable.Memory, node.Requested.Memory);
            Check("ephemeral-storage", wanted.EphemeralStorage, node.Allocatable.EphemeralStorage, node.Requested.EphemeralStorage);
            foreach (var (name, amount) in wanted.Extended) Check(name, amount, node.Allocatable[name], node.Requested[name]);
        }

        return lacking is null ? Verdict.Fits : everEnough ? Verdict.Unschedulable([.. lacking]) : Verdict.UnschedulableAndUnresolvable([.. lacking]);

        void Check(string resource, long amount, long allocatable, long requested)
        {
            if (amount == 0 || amount <= allocatable - requested) return;
            (lacking ??= []).Add($"Insufficient {resource}");
            everEnough &= amount <= allocatable; // even the empty node would not do
        }
    }

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        long sum = 0, weights = 0;
        Add(node.Allocatable.MilliCpu, node.NonZeroRequested.MilliCpu + pod.NonZeroRequests.MilliCpu);
        Add(node.Allocatable.Memory, node.NonZeroRequested.Memory + pod.NonZeroRequests.Memory);
        return weights == 0 ? 0 : sum / weights;

        void Add(long allocatable, long requested)
        {
            if (allocatable == 0) return;
            sum += requested > allocatable ? 0 : (allocatable - requested) * Framework.Score.Max / allocatable;
            weights++;
        }
    }
}
