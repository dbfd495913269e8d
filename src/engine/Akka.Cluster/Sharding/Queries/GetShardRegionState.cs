namespace Akka.Cluster.Sharding;

/// <summary>Asks a region for its shards and their entities. Reply: <see cref="CurrentShardRegionState"/>.</summary>
public sealed class GetShardRegionState : IShardRegionQuery, IClusterShardingSerializable
{
    /// <summary>The one of its kind.</summary>
    public static readonly GetShardRegionState Instance = new();

    private GetShardRegionState() { }
}
