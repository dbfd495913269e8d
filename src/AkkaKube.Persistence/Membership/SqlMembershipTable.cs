using System.Collections.Immutable;
using System.Globalization;
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
    private readonly Connection _life;
    private readonly Connection _rest;
    private readonly TimeSpan _limit;

    /// <summary>The table of the system's database.</summary>
    public SqlMembershipTable(ExtendedActorSystem system) : this(PersistenceSettings.From(system.Settings.Config), SqlPersistence.FaultsOf(system))
    {
    }

    public SqlMembershipTable(PersistenceSettings settings, DatabaseFaults faults)
    {
        _limit = settings.MembershipTimeout;
        _life = new Connection("akkakube-heartbeat", settings, faults);
        _rest = new Connection("akkakube-leases", settings, faults);
    }

    public Task<TableView> Read() => InTime(_life.Run(writes: false, s => s.Read()));

    public Task<TableView?> Renew(int uid, ImmutableHashSet<int> suspects) => InTime(_life.Run(writes: true, s => s.Renew(uid, suspects)));

    public Task Join(int uid, string address, ImmutableHashSet<string> roles) => _rest.Run(writes: true, s =>
    {
        s.Join(uid, address, roles);
        return true;
    });

    public Task<bool> Move(int uid, MemberStatus from, MemberStatus to) => _rest.Run(writes: true, s => s.Move(uid, from, to));

    public Task<bool> Down(int uid, long? beat) => _rest.Run(writes: true, s => s.Down(uid, beat));

    public Task Remove(int uid) => _rest.Run(writes: true, s =>
    {
        s.Remove(uid);
        return true;
    });

    public Task<LeaseRow?> Take(string name, int uid, long seenEpoch) => _rest.Run(writes: true, s => s.Take(name, uid, seenEpoch));

    public Task<bool> Release(string name, int uid, long epoch) => _rest.Run(writes: true, s => s.Release(name, uid, epoch));

    public Task Remember(string shard, IReadOnlyCollection<string> entities, bool remembered) => _rest.Run(writes: true, s =>
    {
        s.Remember(shard, entities, remembered);
        return true;
    });

    public Task<ImmutableHashSet<string>> Remembered(string shard) => _rest.Run(writes: false, s => s.Remembered(shard));

    public void Dispose()
    {
        _life.Dispose();
        _rest.Dispose();
    }

    /// <summary>
    /// The caller hears in time that there is no answer, however long the connection takes to see it: a disk that hangs has no time limit at all, and a
    /// driver that gives up on a server first tries to tell it so.
    /// </summary>
    private async Task<T> InTime<T>(Task<T> call)
    {
        try
        {
            return await call.WaitAsync(_limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new DatabaseUnreachableException(string.Create(CultureInfo.InvariantCulture, $"The database did not answer a sign of life within {_limit.TotalSeconds} s"));
        }
    }

    /// <summary>A thread and what it opens at its first call: a host may start while the database is away, and asks again until it is there.</summary>
    private sealed class Connection(string name, PersistenceSettings settings, DatabaseFaults faults) : IDisposable
    {
        private readonly DatabaseThread _thread = new(name);
        private IMemberStore? _store;

        public Task<T> Run<T>(bool writes, Func<IMemberStore, T> call) =>
            _thread.Run(() => faults.Pass(writes, () => call(_store ??= settings.Sqlite is { } sqlite ? new SqliteMembers(sqlite, settings.MembershipTimeout) : new PostgresMembers(settings.Postgres!, settings.MembershipTimeout))));

        public void Dispose()
        {
            _thread.Dispose();
            _store?.Dispose();
        }
    }
}
