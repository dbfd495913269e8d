namespace AkkaKube.Persistence;

/// <summary>
/// Keeps events and snapshots in a database. One thread writes, another one reads. Every method may fail with <see cref="JournalCorruptException"/>
/// (what is stored is damaged), <see cref="DatabaseUnreachableException"/> (a write may have been done or not) and with
/// <see cref="JournalException"/> (the database or the disk failed). What writes under a fence looks, in the transaction in which it writes, whether the
/// lease is held with that epoch still, and else fails with <see cref="FencedException"/>, with nothing written.
/// </summary>
internal interface IJournalTable : IDisposable
{
    /// <summary>Appends the events in one transaction. On return they are durable as the settings say.</summary>
    /// <exception cref="FencedException">One of the leases has another epoch by now; nothing was written.</exception>
    /// <exception cref="JournalFullException">No space; nothing was written; later appends may succeed.</exception>
    /// <exception cref="JournalLostException">The file is gone; what was written is in no file any more.</exception>
    /// <exception cref="JournalException">One of the numbers is taken already; nothing was written.</exception>
    void Append(IReadOnlyList<JournalEntry> group);

    /// <summary>
    /// The highest number ever appended, deleted ones included; 0 when there is none. With a fence it is final but for what is appended under that
    /// fence from now on: no append of an earlier owner is under way any more.
    /// </summary>
    long HighestSequenceNr(string persistenceId, Fence? fence);

    /// <summary>
    /// Deletes events up to a number, oldest first, at most so many in one transaction; true when none are left. From the first call on, the
    /// highest number is known without the events.
    /// </summary>
    /// <exception cref="JournalLostException">The file is gone.</exception>
    bool DeleteSome(string persistenceId, long toSequenceNr, int most, Fence? fence);

    /// <summary>Keeps a snapshot, in place of the one with the same number.</summary>
    /// <exception cref="JournalFullException">No space; nothing was written.</exception>
    /// <exception cref="JournalLostException">The file is gone.</exception>
    void SaveSnapshot(string persistenceId, SnapshotRow snapshot, Fence? fence);

    /// <summary>Deletes the snapshots in the range, in one transaction.</summary>
    /// <exception cref="JournalLostException">The file is gone.</exception>
    void DeleteSnapshots(string persistenceId, SnapshotRange range, Fence? fence);

    /// <summary>Gives the reader the events from and to the numbers, both included, in order; a row is handed on before the next one is read. Called by the reading thread.</summary>
    void Read(string persistenceId, long fromSequenceNr, long toSequenceNr, long most, Action<JournalRow> row);

    /// <summary>The newest snapshot in the range, or null. Called by the reading thread.</summary>
    SnapshotRow? LoadSnapshot(string persistenceId, SnapshotRange range);
}
