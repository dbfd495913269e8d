using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKube.Simulation.Tests.Database;

/// <summary>The membership table of a simulated host: that in memory, behind the simulated way to the database.</summary>
internal sealed class SimulatedMembershipTable : IMembershipTable
{
    private readonly IMembershipTable _rows;
    private readonly SimulatedDatabase _database;
    private readonly string _host;

    public SimulatedMembershipTable(ExtendedActorSystem system)
    {
        var setup = SimulatedDatabaseSetup.Of(system);
        (_database, _host) = (setup.Database, setup.Host);
        _rows = new InMemoryMembershipTable(system);
    }

    public Task<TableView> Read() => Call(false, () => _rows.Read());

    public Task Join(int uid, string address, ImmutableHashSet<string> roles) => Call(true, async () =>
    {
        await _rows.Join(uid, address, roles);
        return true;
    });

    public Task<TableView?> Renew(int uid, ImmutableHashSet<int> suspects) => Call(true, () => _rows.Renew(uid, suspects));

    public Task<bool> Move(int uid, MemberStatus from, MemberStatus to) => Call(true, () => _rows.Move(uid, from, to));

    public Task<bool> Down(int uid, long? beat) => Call(true, () => _rows.Down(uid, beat));

    public Task Remove(int uid) => Call(true, async () =>
    {
        await _rows.Remove(uid);
        return true;
    });

    public Task<LeaseRow?> Take(string name, int uid, long seenEpoch) => Call(true, () => _rows.Take(name, uid, seenEpoch));

    public Task<bool> Release(string name, int uid, long epoch) => Call(true, () => _rows.Release(name, uid, epoch));

    public Task Remember(string shard, IReadOnlyCollection<string> entities, bool remembered) => Call(true, async () =>
    {
        await _rows.Remember(shard, entities, remembered);
        return true;
    });

    public Task<ImmutableHashSet<string>> Remembered(string shard) => Call(false, () => _rows.Remembered(shard));

    public void Dispose() => _rows.Dispose();

    // The rows in memory answer at once.
    private Task<T> Call<T>(bool writes, Func<Task<T>> work) => _database.Call(_host, writes, () => work().GetAwaiter().GetResult());
}
