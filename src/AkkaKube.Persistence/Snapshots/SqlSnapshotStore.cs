using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace AkkaKube.Persistence;

/// <summary>The snapshot store in the system's database.</summary>
public sealed class SqlSnapshotStore : SnapshotStore
{
    private readonly JournalWriter _writer;
    private readonly IEventCodec _codec;
    private readonly FencedStreams _fences;

    /// <summary>A snapshot store of the system's database.</summary>
    public SqlSnapshotStore()
    {
        var database = SqlPersistence.Get(Context.System);
        (_writer, _codec, _fences) = (database.Writer, database.Codec, database.Fences);
    }

    /// <inheritdoc/>
    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        if (await _writer.LoadSnapshot(persistenceId, RangeOf(criteria)).ConfigureAwait(false) is not { } row) return null;
        return new SelectedSnapshot(
            new SnapshotMetadata(persistenceId, row.SequenceNr, new DateTime(row.Timestamp, DateTimeKind.Utc)), _codec.Decode(row.Manifest, row.Payload));
    }

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var encoded = _codec.Encode(snapshot);
        return _writer.SaveSnapshot(metadata.PersistenceId, new SnapshotRow(metadata.SequenceNr, metadata.Timestamp.Ticks, encoded.Manifest, encoded.Bytes), _fences.Of(metadata.PersistenceId));
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        // Without a time, the one with the number.
        var (from, to) = metadata.Timestamp == DateTime.MinValue ? (long.MinValue, long.MaxValue) : (metadata.Timestamp.Ticks, metadata.Timestamp.Ticks);
        return _writer.DeleteSnapshots(metadata.PersistenceId, new SnapshotRange(metadata.SequenceNr, metadata.SequenceNr, from, to), _fences.Of(metadata.PersistenceId));
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => _writer.DeleteSnapshots(persistenceId, RangeOf(criteria), _fences.Of(persistenceId));

    private static SnapshotRange RangeOf(SnapshotSelectionCriteria criteria) =>
        new(criteria.MinSequenceNr, criteria.MaxSequenceNr, criteria.MinTimestamp?.Ticks ?? long.MinValue, criteria.MaxTimeStamp.Ticks);
}
