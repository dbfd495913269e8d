namespace AkkaKube.Etcd;

/// <summary>The latest changes of a shard, for followers that come back: bounded in number and in bytes.</summary>
internal sealed class History(int maxChanges, long maxBytes)
{
    private readonly Queue<Change> _changes = new();
    private long _bytes;

    /// <summary>Changes up to this revision are forgotten.</summary>
    public long CompactedRevision { get; private set; } = ShardState.FirstRevision;

    public int Count => _changes.Count;

    public void Add(Change change)
    {
        _changes.Enqueue(change);
        _bytes += change.Value.Length;
        while (_changes.Count > maxChanges || (_bytes > maxBytes && _changes.Count > 1)) Drop();
    }

    /// <summary>Forgets the changes up to <paramref name="revision"/>.</summary>
    public void Compact(long revision)
    {
        while (_changes.TryPeek(out var oldest) && oldest.Revision <= revision) Drop();
        CompactedRevision = Math.Max(CompactedRevision, revision);
    }

    /// <summary>The changes after <paramref name="revision"/>; null where some of them are forgotten.</summary>
    public IReadOnlyList<Change>? After(long revision) =>
        revision < CompactedRevision ? null : _changes.Where(change => change.Revision > revision).ToList();

    public void Restore(long compactedRevision, IEnumerable<Change> changes)
    {
        _changes.Clear();
        _bytes = 0;
        CompactedRevision = compactedRevision;
        foreach (var change in changes) Add(change);
    }

    private void Drop()
    {
        var oldest = _changes.Dequeue();
        _bytes -= oldest.Value.Length;
        CompactedRevision = oldest.Revision;
    }
}
