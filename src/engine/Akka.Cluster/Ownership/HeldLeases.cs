using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Cluster.Ownership;

/// <summary>
/// The leases that this host holds now, with their epochs, for who may not wait for the ownership actor: the journal, which writes an owner's epoch
/// beside its events. The ownership actor alone changes it: <see cref="Hold"/> before it answers <see cref="OwnershipProtocol.Taken"/>,
/// <see cref="Drop"/> before it releases a lease or says that it is lost.
/// </summary>
internal sealed class HeldLeases : IExtension
{
    private readonly ConcurrentDictionary<string, long> _epochs = new(StringComparer.Ordinal);

    /// <summary>Those of the system.</summary>
    public static HeldLeases Of(ActorSystem system) => new Provider().Apply(system);

    /// <summary>The epoch with which this host holds the lease; null when it does not.</summary>
    public long? EpochOf(string lease) => _epochs.TryGetValue(lease, out var epoch) ? epoch : null;

    /// <summary>The lease is held from now on.</summary>
    public void Hold(string lease, long epoch) => _epochs[lease] = epoch;

    /// <summary>The lease is not held any more.</summary>
    public void Drop(string lease) => _epochs.TryRemove(lease, out _);

    /// <summary>No lease is held any more: the host is Down.</summary>
    public void Clear() => _epochs.Clear();

    private sealed class Provider : ExtensionIdProvider<HeldLeases>
    {
        public override HeldLeases CreateExtension(ExtendedActorSystem system) => new();
    }
}
