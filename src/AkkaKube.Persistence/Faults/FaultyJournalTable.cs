namespace AkkaKube.Persistence;

/// <summary>A table behind the faults of the process.</summary>
internal sealed class FaultyJournalTable(IJournalTable table, DatabaseFaults faults) : IJournalTable
{
    public void Append(IReadOnlyList<JournalEntry> group) => Write(() => table.Append(group));

    public long HighestSequenceNr(string persistenceId, Fence? fence) => faults.Pass(writes: false, () => table.HighestSequenceNr(persistenceId, fence));

    public bool DeleteSome(string persistenceId, long toSequenceNr, int most, Fence? fence) =>
        faults.Pass(writes: true, () => table.DeleteSome(persistenceId, toSequenceNr, most, fence));

    public void SaveSnapshot(string persistenceId, SnapshotRow snapshot, Fence? fence) => Write(() => table.SaveSnapshot(persistenceId, snapshot, fence));

    public void DeleteSnapshots(string persistenceId, SnapshotRange range, Fence? fence) => Write(() => table.DeleteSnapshots(persistenceId, range, fence));

    public void Read(string persistenceId, long fromSequenceNr, long toSequenceNr, long most, Action<JournalRow> row) => faults.Pass(writes: false, () =>
    {
        table.Read(persistenceId, fromSequenceNr, toSequenceNr, most, row);
        return true;
    });

    public SnapshotRow? LoadSnapshot(string persistenceId, SnapshotRange range) => faults.Pass(writes: false, () => table.LoadSnapshot(persistenceId, range));

    public void Dispose() => table.Dispose();

    private void Write(Action write) => faults.Pass(writes: true, () =>
    {
        write();
        return true;
    });
}
