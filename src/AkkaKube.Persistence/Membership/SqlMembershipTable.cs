using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKube.Persistence;

/// <summary>
/// The membership table in the database that <c>akkakube.persistence</c> names; what <c>akka.cluster.membership-table</c> names in turn. It has two
/// connections, and neither is the journal's: signs of life pass a rush of leases, and both pass a long commit.
/// </summary>
internal sealed class SqlMembershipTable : IMembershipTable
{
    private readonly IMemberStore _life;
    private readonly IMemberStore _rest;
    private readonly DatabaseThread _lifeThread = new("akkakube-heartbeat");
    private readonly DatabaseThread _restThread = new("akkakube-leases");
    private readonly DatabaseFaults _faults;

    /// <summary>The table of the system's database.</summary>
    public SqlMembershipTable(ExtendedActorSystem system) : this(PersistenceSettings.From(system.Settings.Config), SqlPersistence.FaultsOf(system))
    {
    }

    public SqlMembershipTable(PersistenceSettings settings, DatabaseFaults faults)
    {
        _faults = faults;
        _life = Open(settings);
        _rest = Open(settings);
    }

    public Task<TableView> Read() => Life(writes: false, s => s.Read());

    public Task<TableView?> Renew(int uid, ImmutableHashSet<int> suspects) => Life(writes: true, s => s.Renew(uid, suspects));

    public Task Join(int uid, string address, ImmutableHashSet<string> roles) => Rest(writes: true, s =>
    {
        s.Join(uid, address, roles);
        return true;
    });

    public Task<bool> Move(int uid, MemberStatus from, MemberStatus to) => Rest(writes: true, s => s.Move(uid, from, to));

    public Task<bool> Down(int uid, long? beat) => Rest(writes: true, s => s.Down(uid, beat));

    public Task Remove(int uid) => Rest(writes: true, s =>
    {
        s.Remove(uid);
        return true;
    });

    public Task<LeaseRow?> Take(string name, int uid, long seenEpoch) => Rest(writes: true, s => s.Take(name, uid, seenEpoch));

    public Task<bool> Release(string name, int uid, long epoch) => Rest(writes: true, s => s.Release(name, uid, epoch));

    public Task Remember(string shard, string entity, bool remembered) => Rest(writes: true, s =>
    {
        s.Remember(shard, entity, remembered);
        return true;
    });

    public Task<ImmutableHashSet<string>> Remembered(string shard) => Rest(writes: false, s => s.Remembered(shard));

    public void Dispose()
    {
        _lifeThread.Dispose();
        _restThread.Dispose();
        _life.Dispose();
        _rest.Dispose();
    }

    private static IMemberStore Open(PersistenceSettings settings) => settings.Sqlite is { } sqlite ? new SqliteMembers(sqlite) : new PostgresMembers(settings.Postgres!);

    private Task<T> Life<T>(bool writes, Func<IMemberStore, T> call) => _lifeThread.Run(() => _faults.Pass(writes, () => call(_life)));

    private Task<T> Rest<T>(bool writes, Func<IMemberStore, T> call) => _restThread.Run(() => _faults.Pass(writes, () => call(_rest)));
}
