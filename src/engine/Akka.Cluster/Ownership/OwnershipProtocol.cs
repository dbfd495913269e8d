using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Ownership;

/// <summary>
/// What sharding and singletons ask of the actor at <c>/system/cluster/ownership</c>, the only one that writes leases. It decides nothing: who wants
/// a lease looks at the view, decides by a pure function over it that it is the one who should have it, and takes it; the table lets one win.
/// </summary>
internal static class OwnershipProtocol
{
    /// <summary>The sender gets a <see cref="View"/> now and at every change, until it stops.</summary>
    public sealed record Subscribe;

    /// <summary>The table as this host knows it.</summary>
    /// <param name="Self">This host's incarnation.</param>
    /// <param name="Members">Up and Leaving ones and those that are dead and not removed yet, the oldest first.</param>
    /// <param name="Leases">By name.</param>
    /// <param name="Dead">Incarnations that cannot act any more: removed, or Down and silent for longer than a lease lasts. What they own may be taken.</param>
    /// <param name="Unreachable">Those that this host cannot reach now.</param>
    public sealed record View(int Self, ImmutableList<MemberRow> Members, ImmutableDictionary<string, LeaseRow> Leases, ImmutableHashSet<int> Dead, ImmutableHashSet<int> Unreachable)
    {
        /// <summary>Nobody who is alive owns it.</summary>
        public bool IsFree(string lease) => !Leases.TryGetValue(lease, out var row) || row.Owner is not { } owner || Dead.Contains(owner) || Members.TrueForAll(m => m.Uid != owner);
    }

    /// <summary>Takes a lease that is free in the newest view. Reply: <see cref="Taken"/> or <see cref="NotTaken"/>. The sender hears <see cref="Lost"/> should it ever be lost.</summary>
    public sealed record Take(string Name);

    /// <summary>It is this host's, with this epoch, until released or lost.</summary>
    public sealed record Taken(string Name, long Epoch);

    /// <summary>Somebody else has it, or the database did not answer; the next view may tell.</summary>
    public sealed record NotTaken(string Name);

    /// <summary>Gives a lease back after all that ran under it has stopped. Reply: <see cref="Released"/>, always (a release that fails ends with the host).</summary>
    public sealed record Release(string Name);

    /// <summary>The lease is free for others.</summary>
    public sealed record Released(string Name);

    /// <summary>To who took it: this host does not have it any more (it was declared dead). What runs under it has to stop at once.</summary>
    public sealed record Lost(string Name);

    /// <summary>Adds or removes entities that are started again wherever their shard goes. Reply: <see cref="Remembered"/> when it is durable, or <see cref="NotRemembered"/>.</summary>
    /// <param name="Shard">The lease of the shard.</param>
    /// <param name="Entities">The entities.</param>
    /// <param name="Keep">Added; false: removed.</param>
    public sealed record Remember(string Shard, IReadOnlyList<string> Entities, bool Keep);

    /// <summary>It is durable.</summary>
    public sealed record Remembered(Remember Asked);

    /// <summary>The database did not do it; ask again.</summary>
    public sealed record NotRemembered(Remember Asked);

    /// <summary>Asks which entities a shard remembers. Reply: <see cref="RememberedEntities"/>.</summary>
    public sealed record GetRemembered(string Shard);

    /// <summary>The remembered entities of a shard; null when the database did not answer: ask again.</summary>
    public sealed record RememberedEntities(string Shard, ImmutableHashSet<string>? Entities);

    /// <summary>The actor.</summary>
    public static ActorSelection Of(ActorSystem system) => system.ActorSelection("/system/cluster/ownership");
}
