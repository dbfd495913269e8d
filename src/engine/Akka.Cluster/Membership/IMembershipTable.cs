using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>
/// Who is in the cluster and who owns what: the one place that decides. Each operation is atomic and durable when its task ends. Every one may
/// fail with the database's exception; then it may have happened or not, and is asked for again or read back. An implementation is named by
/// <c>akka.cluster.membership-table</c> and made with the actor system (<see cref="Akka.Actor.ExtendedActorSystem"/>). Calls never block the caller.
/// </summary>
internal interface IMembershipTable : IDisposable
{
    /// <summary>All of it at one moment.</summary>
    Task<TableView> Read();

    /// <summary>Adds an incarnation, Joining. Earlier ones at the same address become Down: their process is gone.</summary>
    Task Join(int uid, string address, ImmutableHashSet<string> roles);

    /// <summary>
    /// Says that the incarnation lives: one more beat, and whom it cannot reach. Null when it is Down or removed, and nothing was written: it has to
    /// end. Else the table with the new beat in it.
    /// </summary>
    Task<TableView?> Renew(int uid, ImmutableHashSet<int> suspects);

    /// <summary>Goes from one status to another; to Up with the next UpNumber. False when it was not <paramref name="from"/>.</summary>
    Task<bool> Move(int uid, MemberStatus from, MemberStatus to);

    /// <summary>Declares an incarnation dead, whatever its status; with <paramref name="beat"/> only while it has not given another one. False when it has, or when it is Down or gone already.</summary>
    Task<bool> Down(int uid, long? beat);

    /// <summary>Forgets an incarnation that is Down or Exiting; what it owned belongs to nobody.</summary>
    Task Remove(int uid);

    /// <summary>
    /// Takes a lease, new or with the epoch that was seen last (0: it does not exist): owner and epoch + 1 are written if its epoch is still that and the taker is
    /// Up or Leaving. Null when not. Whether the earlier owner is dead is the taker's to know.
    /// </summary>
    Task<LeaseRow?> Take(string name, int uid, long seenEpoch);

    /// <summary>Gives a lease back. False when it was not this owner's with this epoch.</summary>
    Task<bool> Release(string name, int uid, long epoch);

    /// <summary>Adds or removes entities that are started again wherever their shard goes.</summary>
    Task Remember(string shard, IReadOnlyCollection<string> entities, bool remembered);

    /// <summary>The remembered entities of a shard.</summary>
    Task<ImmutableHashSet<string>> Remembered(string shard);
}
