using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>The shards of a region with their entities.</summary>
public sealed class CurrentShardRegionState : IClusterShardingSerializable, IEquatable<CurrentShardRegionState>
{
    /// <summary>The shards.</summary>
    public readonly IImmutableSet<ShardState> Shards;

    /// <summary>Shards that did not answer in time.</summary>
    public readonly IImmutableSet<string> Failed;

    /// <summary>Creates the answer.</summary>
    public CurrentShardRegionState(IImmutableSet<ShardState> shards, IImmutableSet<string> failed)
    {
        Shards = shards;
        Failed = failed;
    }

    /// <inheritdoc />
    public bool Equals(CurrentShardRegionState? other) => other is not null && Shards.SetEquals(other.Shards) && Failed.SetEquals(other.Failed);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CurrentShardRegionState);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Shards.Count, Failed.Count);
}
