namespace AkkaKube.Persistence;

/// <summary>An event on its way to the table.</summary>
/// <param name="PersistenceId">Whose event.</param>
/// <param name="SequenceNr">Its number.</param>
/// <param name="Manifest">What its bytes are.</param>
/// <param name="Payload">The bytes.</param>
/// <param name="Timestamp">When it was persisted, in ticks of UTC.</param>
/// <param name="Fence">By what right it is written; null in a single process.</param>
internal readonly record struct JournalEntry(string PersistenceId, long SequenceNr, string Manifest, ReadOnlyMemory<byte> Payload, long Timestamp, Fence? Fence = null);

/// <summary>An event from the table.</summary>
/// <param name="SequenceNr">Its number.</param>
/// <param name="Manifest">What its bytes are.</param>
/// <param name="Payload">The bytes; nobody else has them.</param>
/// <param name="Timestamp">When it was persisted, in ticks of UTC.</param>
internal readonly record struct JournalRow(long SequenceNr, string Manifest, byte[] Payload, long Timestamp);

/// <summary>A snapshot in the table.</summary>
/// <param name="SequenceNr">The last event in it.</param>
/// <param name="Timestamp">When it was taken, in ticks of UTC.</param>
/// <param name="Manifest">What its bytes are.</param>
/// <param name="Payload">The bytes.</param>
internal sealed record SnapshotRow(long SequenceNr, long Timestamp, string Manifest, ReadOnlyMemory<byte> Payload);

/// <summary>Which snapshots: both ends belong to the range; timestamps in ticks of UTC.</summary>
internal sealed record SnapshotRange(long MinSequenceNr, long MaxSequenceNr, long MinTimestamp, long MaxTimestamp);
