using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// A membership table in the memory of the process, one for all actor systems that name the same <c>akka.cluster.in-memory-table.name</c>. For tests,
/// which may have it fail, wait, or cut one system off (<see cref="InMemoryMembership"/>).
/// </summary>
internal sealed class InMemoryMembershipTable(ExtendedActorSystem system, InMemoryMembership membership) : IMembershipTable
{
    public InMemoryMembershipTable(ExtendedActorSystem system)
        : this(system, InMemoryMembership.Of(system.Settings.Config.GetString("akka.cluster.in-memory-table.name", "default"))) { }

    public Task<TableView> Read() => membership.Do(system, nameof(Read), static rows => rows.View());

    public Task Join(int uid, string address, ImmutableHashSet<string> roles) => membership.Do(system, nameof(Join), rows =>
    {
        if (rows.Members.ContainsKey(uid)) return true;
        foreach (var earlier in rows.Members.Values.Where(m => m.Address == address && m.Status != MemberStatus.Down).ToList())
            rows.Members[earlier.Uid] = earlier with { Status = MemberStatus.Down };
        rows.Members[uid] = new MemberRow(uid, address, roles, MemberStatus.Joining, 0, 0, []);
        return true;
    });

    public Task<TableView?> Renew(int uid, ImmutableHashSet<int> suspects) => membership.Do(system, nameof(Renew), rows =>
    {
        if (!rows.Members.TryGetValue(uid, out var row) || row.Status == MemberStatus.Down) return null;
        rows.Members[uid] = row with { Beat = row.Beat + 1, Suspects = suspects };
        return rows.View();
    });

    public Task<bool> Move(int uid, MemberStatus from, MemberStatus to) => membership.Do(system, nameof(Move), rows =>
    {
        if (!rows.Members.TryGetValue(uid, out var row) || row.Status != from) return false;
        rows.Members[uid] = row with { Status = to, UpNumber = to == MemberStatus.Up ? ++rows.CameUp : row.UpNumber };
        return true;
    });

    public Task<bool> Down(int uid, long? beat) => membership.Do(system, nameof(Down), rows =>
    {
        if (!rows.Members.TryGetValue(uid, out var row) || row.Status == MemberStatus.Down || beat is { } seen && seen != row.Beat) return false;
        rows.Members[uid] = row with { Status = MemberStatus.Down };
        return true;
    });

    public Task Remove(int uid) => membership.Do(system, nameof(Remove), rows =>
    {
        if (!rows.Members.TryGetValue(uid, out var row) || row.Status is not (MemberStatus.Down or MemberStatus.Exiting)) return false;
        rows.Members.Remove(uid);
        foreach (var lease in rows.Leases.Values.Where(l => l.Owner == uid).ToList()) rows.Leases[lease.Name] = lease with { Owner = null };
        return true;
    });

    public Task<LeaseRow?> Take(string name, int uid, long seenEpoch) => membership.Do(system, nameof(Take), rows =>
    {
        if (!rows.Members.TryGetValue(uid, out var row) || row.Status is not (MemberStatus.Up or MemberStatus.Leaving)) return null;
        if ((rows.Leases.TryGetValue(name, out var lease) ? lease.Epoch : 0) != seenEpoch) return null;
        return rows.Leases[name] = new LeaseRow(name, uid, seenEpoch + 1);
    });

    public Task<bool> Release(string name, int uid, long epoch) => membership.Do(system, nameof(Release), rows =>
    {
        if (!rows.Leases.TryGetValue(name, out var lease) || lease.Owner != uid || lease.Epoch != epoch) return false;
        rows.Leases[name] = lease with { Owner = null };
        return true;
    });

    public Task Remember(string shard, IReadOnlyCollection<string> entities, bool remembered) => membership.Do(system, nameof(Remember), rows =>
    {
        foreach (var entity in entities)
        {
            if (remembered) rows.Remembered.Add((shard, entity));
            else rows.Remembered.Remove((shard, entity));
        }

        return true;
    });

    public Task<ImmutableHashSet<string>> Remembered(string shard) => membership.Do(system, nameof(Remembered), rows =>
        rows.Remembered.Where(r => r.Shard == shard).Select(static r => r.Entity).ToImmutableHashSet());

    public void Dispose() { }
}
