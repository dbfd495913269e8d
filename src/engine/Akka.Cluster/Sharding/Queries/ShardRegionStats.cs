using System.Collections.Immutable;

namespace Akka.Cluster.Sharding;

/// <summary>How many entities run in each shard of a region.</summary>
public sealed class ShardRegionStats : IClusterShardingSerializable, IEquatable<ShardRegionStats>
{
    /// <summary>By shard.</summary>
    public readonly IImmutableDictionary<string, int> Stats;

    /// <summary>Shards that did not answer in time.</summary>
    public readonly IImmutableSet<string> Failed;

    /// <summary>Creates the answer.</summary>
    public ShardRegionStats(IImmutableDictionary<string, int> stats, IImmutableSet<string> failed)
    {
        Stats = stats;
        Failed = failed;
    }

    /// <inheritdoc />
    public bool Equals(ShardRegionStats? other) => other is not null && Stats.Count == other.Stats.Count && Stats.All(kv => other.Stats.TryGetValue(kv.Key, out var value) && value.Equals(kv.Value)) && Failed.SetEquals(other.Failed);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ShardRegionStats);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Stats.Count, Failed.Count);
}
