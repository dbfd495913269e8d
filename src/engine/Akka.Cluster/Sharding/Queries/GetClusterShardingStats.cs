namespace Akka.Cluster.Sharding;

/// <summary>Asks a region what all regions have. Reply: <see cref="ClusterShardingStats"/>, with those that answered in time.</summary>
public sealed class GetClusterShardingStats : IShardRegionQuery, IClusterShardingSerializable, IEquatable<GetClusterShardingStats>
{
    /// <summary>How long to wait for the other hosts.</summary>
    public readonly TimeSpan Timeout;

    /// <summary>Creates the question.</summary>
    public GetClusterShardingStats(TimeSpan timeout) => Timeout = timeout;

    /// <inheritdoc />
    public bool Equals(GetClusterShardingStats? other) => other is not null && Timeout == other.Timeout;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as GetClusterShardingStats);

    /// <inheritdoc />
    public override int GetHashCode() => Timeout.GetHashCode();
}
