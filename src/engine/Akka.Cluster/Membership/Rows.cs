using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>One incarnation of a host, as the table has it.</summary>
/// <param name="Uid">Of the incarnation; the uid of its actor system's remoting.</param>
/// <param name="Address">Where it is reached, e.g. <c>akka.ssl.tcp://akkakube@10.0.0.1:7100</c>.</param>
/// <param name="Roles">What it may run.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="UpNumber">Counts the hosts that came up; the lowest is the oldest. 0 before that.</param>
/// <param name="Beat">Grows with every renewal. There is no time in the table: a host counts as dead when others have seen the same beat for long enough.</param>
/// <param name="Suspects">The uids of the hosts that this one cannot reach.</param>
internal sealed record MemberRow(int Uid, string Address, ImmutableHashSet<string> Roles, MemberStatus Status, int UpNumber, long Beat, ImmutableHashSet<int> Suspects);

/// <summary>Who may do what only one may do: run a shard, be a singleton.</summary>
/// <param name="Name">E.g. <c>shard/etcd/pods</c> or <c>singleton/scheduler</c>.</param>
/// <param name="Owner">The uid of the incarnation that has it; null: nobody.</param>
/// <param name="Epoch">Grows with every owner; what an owner writes carries it.</param>
internal sealed record LeaseRow(string Name, int? Owner, long Epoch);

/// <summary>The table at one moment.</summary>
/// <param name="Members">Every incarnation that was not removed yet.</param>
/// <param name="Leases">By name.</param>
internal sealed record TableView(ImmutableList<MemberRow> Members, ImmutableDictionary<string, LeaseRow> Leases)
{
    public static readonly TableView Empty = new([], ImmutableDictionary<string, LeaseRow>.Empty);
}
