using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>
/// Says for which nodes removing pods could help a pod that fits nowhere. No pod is removed: until priorities exist every pod has
/// priority 0, and only lower ones may be victims.
/// </summary>
internal sealed class DefaultPreemption : IPostFilterPlugin
{
    public string PostFilter(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyDictionary<string, Verdict> refusals)
    {
        if (pod.Pod.Spec.PreemptionPolicy == "Never") return "preemption: not eligible due to preemptionPolicy=Never.";
        var verdicts = refusals.Values.Select(refusal => Verdict.Unschedulable(
            refusal.Code == VerdictCode.UnschedulableAndUnresolvable ? "Preemption is not helpful for scheduling" : "No preemption victims found for incoming pod"));
        return "preemption: " + FitError.Message(snapshot.Nodes.Count, verdicts);
    }
}
