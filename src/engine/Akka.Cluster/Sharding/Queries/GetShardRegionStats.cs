namespace Akka.Cluster.Sharding;

/// <summary>Asks a region how many entities it has in each shard. Reply: <see cref="ShardRegionStats"/>.</summary>
public sealed class GetShardRegionStats : IShardRegionQuery, IClusterShardingSerializable
{
    /// <summary>The one of its kind.</summary>
    public static readonly GetShardRegionStats Instance = new();

    private GetShardRegionStats() { }
}
