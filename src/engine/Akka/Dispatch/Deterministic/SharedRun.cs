using Akka.Actor;

namespace Akka.Dispatch.Deterministic;

/// <summary>
/// Has a system live in the time of another, and, where that one's order is decided by a seed, in its order: several hosts in one process.
/// Given as a setup; the leader must outlive those that join it.
/// </summary>
internal sealed class SharedRun(ActorSystem leader) : Actor.Setup.Setup
{
    public ActorSystem Leader => leader;
}
