using AkkaKube.Scheduler.Cycle;

namespace AkkaKube.Scheduler.Queue;

/// <summary>A pod that waits for a node.</summary>
/// <param name="Pod">The pod as last seen.</param>
/// <param name="Order">The later a pod came into the queue, the larger.</param>
/// <param name="Attempts">How often a node was looked for in vain.</param>
/// <param name="LastAttempt">When last; not before it was tried.</param>
/// <param name="RefusedBy">The plugins that refused it then: only a change that one of them cares for brings it back.</param>
internal sealed record QueuedPod(PodInfo Pod, long Order, int Attempts, DateTimeOffset LastAttempt, IReadOnlyCollection<Type> RefusedBy);
