using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>How many entities run in each shard of each region of the cluster.</summary>
public sealed class ClusterShardingStats : IClusterShardingSerializable, IEquatable<ClusterShardingStats>
{
    /// <summary>By the address of the host.</summary>
    public readonly IImmutableDictionary<Address, ShardRegionStats> Regions;

    /// <summary>Creates the answer.</summary>
    public ClusterShardingStats(IImmutableDictionary<Address, ShardRegionStats> regions)
    {
        Regions = regions;
    }

    /// <inheritdoc />
    public bool Equals(ClusterShardingStats? other) => other is not null && Regions.Count == other.Regions.Count && Regions.All(kv => other.Regions.TryGetValue(kv.Key, out var value) && value.Equals(kv.Value));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ClusterShardingStats);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Regions.Count);
}
