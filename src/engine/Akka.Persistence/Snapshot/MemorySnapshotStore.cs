namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store in memory.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    private readonly List<SelectedSnapshot> _snapshots = [];

    /// <inheritdoc />
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Task.FromResult(Matching(persistenceId, criteria).MaxBy(s => s.Metadata.SequenceNr));

    /// <inheritdoc />
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        _snapshots.RemoveAll(s => IsSame(s, metadata));
        _snapshots.Add(new SelectedSnapshot(metadata, snapshot));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        _snapshots.RemoveAll(s => IsSame(s, metadata) && (metadata.Timestamp == DateTime.MinValue || s.Metadata.Timestamp == metadata.Timestamp));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        foreach (var snapshot in Matching(persistenceId, criteria).ToList()) _snapshots.Remove(snapshot);
        return Task.CompletedTask;
    }

    private IEnumerable<SelectedSnapshot> Matching(string persistenceId, SnapshotSelectionCriteria criteria) =>
        _snapshots.Where(s => s.Metadata.PersistenceId == persistenceId && criteria.Matches(s.Metadata));

    private static bool IsSame(SelectedSnapshot snapshot, SnapshotMetadata metadata) =>
        snapshot.Metadata.PersistenceId == metadata.PersistenceId && snapshot.Metadata.SequenceNr == metadata.SequenceNr;
}

/// <summary>Keeps nothing and says so.</summary>
public sealed class NoSnapshotStore : SnapshotStore
{
    /// <summary>There is no snapshot store to do what was asked for.</summary>
    public class NoSnapshotStoreException : Exception
    {
        /// <summary>Without words.</summary>
        public NoSnapshotStoreException()
        {
        }

        /// <summary>With words.</summary>
        public NoSnapshotStoreException(string message) : base(message)
        {
        }

        /// <summary>With words and a cause.</summary>
        public NoSnapshotStoreException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }

    /// <inheritdoc />
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.FromResult<SelectedSnapshot?>(null);

    /// <inheritdoc />
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Task.FromException(Missing());

    /// <inheritdoc />
    protected override Task DeleteAsync(SnapshotMetadata metadata) => Task.FromException(Missing());

    /// <inheritdoc />
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.FromException(Missing());

    private static NoSnapshotStoreException Missing() => new("No snapshot store is configured: akka.persistence.snapshot-store.plugin is empty");
}
