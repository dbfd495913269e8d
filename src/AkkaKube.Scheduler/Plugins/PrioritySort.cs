using AkkaKube.Scheduler.Framework;
using AkkaKube.Scheduler.Queue;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>The higher priority first, then the one that has waited longer.</summary>
internal sealed class PrioritySort : IQueueSortPlugin
{
    public int Compare(QueuedPod first, QueuedPod second)
    {
        var byPriority = (second.Pod.Pod.Spec.Priority ?? 0).CompareTo(first.Pod.Pod.Spec.Priority ?? 0);
        return byPriority != 0 ? byPriority : first.Order.CompareTo(second.Order);
    }
}
