using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>The hosts that have a region.</summary>
public sealed class CurrentRegions : IClusterShardingSerializable, IEquatable<CurrentRegions>
{
    /// <summary>Their addresses.</summary>
    public readonly IImmutableSet<Address> Regions;

    /// <summary>Creates the answer.</summary>
    public CurrentRegions(IImmutableSet<Address> regions)
    {
        Regions = regions;
    }

    /// <inheritdoc />
    public bool Equals(CurrentRegions? other) => other is not null && Regions.SetEquals(other.Regions);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CurrentRegions);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Regions.Count);
}
