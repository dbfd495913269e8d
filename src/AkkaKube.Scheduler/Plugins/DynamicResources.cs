using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Resource claims. The cluster has no ResourceClaim kind yet, so no claim can be given back for a pod that fits nowhere.</summary>
internal sealed class DynamicResources : IPostFilterPlugin
{
    public string PostFilter(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyDictionary<string, Verdict> refusals) => "no new claims to deallocate";
}
