using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>A host as the cluster knows it. Two are equal when they are the same incarnation, whatever their status.</summary>
public class Member : IComparable<Member>, IComparable
{
    /// <summary>Orders addresses by host and port.</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(static (x, y) =>
    {
        var byHost = string.CompareOrdinal(x.Host ?? "", y.Host ?? "");
        return byHost != 0 ? byHost : Nullable.Compare(x.Port, y.Port);
    });

    /// <summary>Orders members by age, the oldest first.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(static (a, b) => a.Equals(b) ? 0 : a.IsOlderThan(b) ? -1 : 1);

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles, AppVersion appVersion) =>
        (UniqueAddress, UpNumber, Status, Roles, AppVersion) = (uniqueAddress, upNumber, status, roles, appVersion);

    /// <summary>The incarnation.</summary>
    public UniqueAddress UniqueAddress { get; }

    /// <summary>Where it is reached.</summary>
    public Address Address => UniqueAddress.Address;

    /// <summary>How far it has come.</summary>
    public MemberStatus Status { get; }

    /// <summary>What it may run.</summary>
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>The version of its program.</summary>
    public AppVersion AppVersion { get; }

    /// <summary>Counts those that came up; the lowest is the oldest.</summary>
    internal int UpNumber { get; }

    /// <summary>Whether it has the role.</summary>
    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>Whether it came up before the other one.</summary>
    public bool IsOlderThan(Member other) => UpNumber == other.UpNumber ? AddressOrdering.Compare(Address, other.Address) < 0 : UpNumber < other.UpNumber;

    /// <summary>The same member in another status.</summary>
    public Member Copy(MemberStatus status) => status == Status ? this : new Member(UniqueAddress, UpNumber, status, Roles, AppVersion);

    /// <summary>The same member when it has come up.</summary>
    public Member CopyUp(int upNumber) => new(UniqueAddress, upNumber, MemberStatus.Up, Roles, AppVersion);

    /// <inheritdoc />
    public int CompareTo(Member? other) => UniqueAddress.CompareTo(other?.UniqueAddress);

    int IComparable.CompareTo(object? obj) => obj is Member other
        ? CompareTo(other)
        : throw new ArgumentException($"Cannot compare {nameof(Member)} to an instance of type '{obj?.GetType().FullName ?? "null"}'", nameof(obj));

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    /// <inheritdoc />
    public override int GetHashCode() => UniqueAddress.GetHashCode();

    /// <inheritdoc />
    public override string ToString() =>
        $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles)}], upNumber={UpNumber}, version={AppVersion})";
}
