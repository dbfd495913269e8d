using Akka.Actor;
using Akka.Cluster.Ownership;

namespace AkkaKube.Persistence;

/// <summary>A host of a cluster: a stream is written with the epoch of the lease that the host holds on it.</summary>
internal sealed class HeldLeaseFencing(ActorSystem system) : IFencing
{
    public Fence? FenceOf(string persistenceId)
    {
        var lease = Fence.LeaseOf(persistenceId);
        return HeldLeases.Of(system).EpochOf(lease) is { } epoch
            ? new Fence(lease, epoch)
            : throw new FencedException($"{persistenceId} is refused: this host does not hold the lease {lease}");
    }
}
