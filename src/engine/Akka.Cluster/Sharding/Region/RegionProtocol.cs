using System.Collections.Immutable;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>
/// What regions of one type tell each other. The table says who owns a shard; the owner itself says when messages may be sent to it, and hears of
/// everyone who might when it is to stop taking them. Between two regions messages keep their order, so an acknowledgement comes after all that was sent before.
/// </summary>
internal static class RegionProtocol
{
    /// <summary>Asks a region for what it owns, now and at every change. Reply: <see cref="Welcome"/>.</summary>
    /// <param name="Uid">The incarnation of the sender's host.</param>
    public sealed record Hello(int Uid) : IClusterShardingSerializable, IDeadLetterSuppression;

    /// <summary>All that a region owns; what was known of it before does not count any more.</summary>
    /// <param name="Uid">The incarnation of the sender's host.</param>
    /// <param name="Closing">It gives its shards away and wants no more.</param>
    /// <param name="Shards">Those that messages may be sent for.</param>
    public sealed record Welcome(int Uid, bool Closing, ImmutableList<OwnedShard> Shards) : IClusterShardingSerializable, IDeadLetterSuppression;

    /// <summary>A shard with the epoch of its lease.</summary>
    public readonly record struct OwnedShard(string Shard, long Epoch);

    /// <summary>The sender's host owns the shard from now on; what waits for it may be sent.</summary>
    public sealed record Owned(int Uid, string Shard, long Epoch) : IClusterShardingSerializable, IDeadLetterSuppression;

    /// <summary>The shard is about to move: send nothing more for it and say so. Reply: <see cref="HandOffAck"/>.</summary>
    public sealed record HandOff(string Shard, long Epoch) : IClusterShardingSerializable, IDeadLetterSuppression;

    /// <summary>The sender sends nothing more for the shard under this epoch.</summary>
    public sealed record HandOffAck(string Shard, long Epoch) : IClusterShardingSerializable, IDeadLetterSuppression;

    /// <summary>The receiver is the one who should have the shard, which is free since <paramref name="Epoch"/>.</summary>
    public sealed record TakeShard(string Shard, long Epoch) : IClusterShardingSerializable, IDeadLetterSuppression;
}
