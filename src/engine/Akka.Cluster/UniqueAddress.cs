using Akka.Actor;

namespace Akka.Cluster;

/// <summary>One incarnation of a host: its address, and a number that is another one after a restart.</summary>
public class UniqueAddress(Address address, int uid) : IEquatable<UniqueAddress>, IComparable<UniqueAddress>, IComparable
{
    /// <summary>Where it is reached.</summary>
    public Address Address { get; } = address;

    /// <summary>The number of the incarnation.</summary>
    public int Uid { get; } = uid;

    /// <inheritdoc />
    public bool Equals(UniqueAddress? other) => other is not null && Uid == other.Uid && Address.Equals(other.Address);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as UniqueAddress);

    /// <inheritdoc />
    public override int GetHashCode() => Uid;

    /// <summary>By address, then by number.</summary>
    public int CompareTo(UniqueAddress? uniqueAddress)
    {
        if (uniqueAddress is null) return 1;
        var byAddress = Member.AddressOrdering.Compare(Address, uniqueAddress.Address);
        return byAddress != 0 ? byAddress : Uid.CompareTo(uniqueAddress.Uid);
    }

    int IComparable.CompareTo(object? obj) => obj is UniqueAddress other
        ? CompareTo(other)
        : throw new ArgumentException($"Cannot compare {nameof(UniqueAddress)} to an instance of type '{obj?.GetType().FullName ?? "null"}'", nameof(obj));

    /// <inheritdoc />
    public override string ToString() => $"UniqueAddress: ({Address}, {Uid})";

    /// <summary>Whether both are the same incarnation.</summary>
    public static bool operator ==(UniqueAddress? left, UniqueAddress? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are different incarnations.</summary>
    public static bool operator !=(UniqueAddress? left, UniqueAddress? right) => !(left == right);
}
