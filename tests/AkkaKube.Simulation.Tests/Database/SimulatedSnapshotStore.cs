using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace AkkaKube.Simulation.Tests.Database;

/// <summary>The snapshot store of a simulated host. A snapshot says only what events say, so an old owner's cannot be wrong.</summary>
public sealed class SimulatedSnapshotStore : SnapshotStore
{
    private readonly SimulatedDatabase _database;
    private readonly string _host;

    public SimulatedSnapshotStore()
    {
        var setup = SimulatedDatabaseSetup.Of(Context.System);
        (_database, _host) = (setup.Database, setup.Host);
    }

    /// <inheritdoc/>
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        _database.Call(_host, writes: false, () => _database.StreamOf(persistenceId).Newest(criteria));

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => _database.Call(_host, writes: true, () =>
    {
        _database.StreamOf(metadata.PersistenceId).Save(new SelectedSnapshot(metadata, snapshot));
        return true;
    });

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata) => DeleteAsync(metadata.PersistenceId, new SnapshotSelectionCriteria(metadata.SequenceNr, DateTime.MaxValue, metadata.SequenceNr));

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => _database.Call(_host, writes: true, () =>
    {
        _database.StreamOf(persistenceId).Delete(criteria);
        return true;
    });
}
