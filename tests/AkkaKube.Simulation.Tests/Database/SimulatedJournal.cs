using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AkkaKube.Simulation.Tests.Database;

/// <summary>The journal of a simulated host: fenced as the real one is, by the epoch of the lease that the host held when the stream was recovered.</summary>
public sealed class SimulatedJournal : AsyncWriteJournal
{
    private readonly SimulatedDatabase _database;
    private readonly string _host;
    private readonly HeldLeases _held;
    private readonly InMemoryMembership _leases;
    private readonly Dictionary<string, (string Lease, long Epoch)> _fences = [];

    public SimulatedJournal()
    {
        var setup = SimulatedDatabaseSetup.Of(Context.System);
        (_database, _host) = (setup.Database, setup.Host);
        _held = HeldLeases.Of(Context.System);
        _leases = InMemoryMembership.Of(Context.System.Settings.Config.GetString("akka.cluster.in-memory-table.name"));
    }

    /// <inheritdoc/>
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        Fence(persistenceId);
        return _database.Call(_host, writes: false, () => _database.StreamOf(persistenceId).Highest);
    }

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        Fence(persistenceId);
        return _database.Call(_host, writes: false, () =>
        {
            foreach (var e in _database.StreamOf(persistenceId).Read(fromSequenceNr, toSequenceNr, max)) recoveryCallback(e);
            return true;
        });
    }

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var groups = messages.Select(write => (write.PersistenceId, Events: ((IImmutableList<IPersistentRepresentation>)write.Payload).Select(p => p.Update(p.SequenceNr, p.PersistenceId, false, ActorRefs.NoSender, p.WriterGuid)).ToList())).ToList();
        var fences = groups.Select(group => _fences[group.PersistenceId]).ToList();
        return _database.Call<IImmutableList<Exception>?>(_host, writes: true, () =>
        {
            foreach (var (lease, epoch) in fences) Check(lease, epoch);
            foreach (var (id, events) in groups) _database.StreamOf(id).Append(events);
            return null;
        });
    }

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        var (lease, epoch) = _fences[persistenceId];
        return _database.Call(_host, writes: true, () =>
        {
            Check(lease, epoch);
            _database.StreamOf(persistenceId).DeleteTo(toSequenceNr);
            return true;
        });
    }

    private void Fence(string persistenceId)
    {
        var lease = persistenceId.StartsWith("singleton/", StringComparison.Ordinal) ? persistenceId : "shard/" + persistenceId;
        _fences[persistenceId] = (lease, _held.EpochOf(lease) ?? throw new InvalidOperationException($"{persistenceId} is refused: {_host} does not hold {lease}"));
    }

    private void Check(string lease, long epoch)
    {
        if (_leases.View().Leases.GetValueOrDefault(lease) is not { } row || row.Epoch != epoch) throw new InvalidOperationException($"{_host} is fenced: {lease} has another epoch than {epoch}");
    }
}
