namespace Akka.Cluster.Sharding;

/// <summary>Asks a region for the hosts that have one. Reply: <see cref="CurrentRegions"/>.</summary>
public sealed class GetCurrentRegions : IShardRegionQuery, IClusterShardingSerializable
{
    /// <summary>The one of its kind.</summary>
    public static readonly GetCurrentRegions Instance = new();

    private GetCurrentRegions() { }
}
