using Akka.Persistence;

namespace AkkaKube.Simulation.Tests.Database;

/// <summary>The events and snapshots of one persistent actor.</summary>
internal sealed class SimulatedStream
{
    private readonly SortedList<long, IPersistentRepresentation> _events = [];
    private readonly SortedList<long, SelectedSnapshot> _snapshots = [];

    public long Highest { get; private set; }

    public IReadOnlyList<IPersistentRepresentation> Read(long from, long to, long most) =>
        [.. _events.Values.Where(e => e.SequenceNr >= from && e.SequenceNr <= to).Take((int)Math.Min(int.MaxValue, most))];

    /// <summary>A number is given out once.</summary>
    public void Append(IEnumerable<IPersistentRepresentation> events)
    {
        var all = events.ToList();
        if (all.FirstOrDefault(e => e.SequenceNr <= Highest) is { } taken) throw new InvalidOperationException($"{taken.PersistenceId}: the number {taken.SequenceNr} is taken");
        foreach (var e in all)
        {
            _events.Add(e.SequenceNr, e);
            Highest = e.SequenceNr;
        }
    }

    public void DeleteTo(long number)
    {
        while (_events.Count > 0 && _events.Keys[0] <= number) _events.RemoveAt(0);
    }

    public SelectedSnapshot? Newest(SnapshotSelectionCriteria criteria) => _snapshots.Values.LastOrDefault(s => Matches(criteria, s.Metadata));

    public void Save(SelectedSnapshot snapshot) => _snapshots[snapshot.Metadata.SequenceNr] = snapshot;

    public void Delete(SnapshotSelectionCriteria criteria)
    {
        foreach (var number in _snapshots.Values.Where(s => Matches(criteria, s.Metadata)).Select(s => s.Metadata.SequenceNr).ToList()) _snapshots.Remove(number);
    }

    private static bool Matches(SnapshotSelectionCriteria criteria, SnapshotMetadata metadata) =>
        metadata.SequenceNr >= criteria.MinSequenceNr && metadata.SequenceNr <= criteria.MaxSequenceNr
        && metadata.Timestamp <= criteria.MaxTimeStamp && (criteria.MinTimestamp is not { } min || metadata.Timestamp >= min);
}
