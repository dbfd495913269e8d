using System.Diagnostics.CodeAnalysis;

namespace AkkaKube.Etcd;

/// <summary>The committed state of a shard. Commands and recovery change it by the same two methods: <see cref="Apply"/> and <see cref="Restore"/>.</summary>
internal sealed class ShardState(IValueViews views, int historyChanges, long historyBytes)
{
    /// <summary>An empty shard is at revision 1, as an empty etcd is; its first write gets revision 2.</summary>
    public const long FirstRevision = 1;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly History _history = new(historyChanges, historyBytes);

    public long Revision { get; private set; } = FirstRevision;

    public long CompactedRevision => _history.CompactedRevision;

    public int Count => _entries.Count;

    /// <summary>The bytes of all values together.</summary>
    public long Bytes { get; private set; }

    public Entry? Find(string key) => _entries.GetValueOrDefault(key);

    public bool TryFind(string key, [MaybeNullWhen(false)] out Entry entry) => _entries.TryGetValue(key, out entry);

    /// <summary>The entries whose keys start with <paramref name="prefix"/>, in the order of their keys.</summary>
    public IReadOnlyList<Entry> Range(string prefix)
    {
        var found = new List<Entry>(prefix.Length == 0 ? _entries.Count : 4);
        foreach (var entry in _entries.Values)
        {
            if (entry.Key.StartsWith(prefix, StringComparison.Ordinal)) found.Add(entry);
        }
        found.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return found;
    }

    public IReadOnlyList<Change>? ChangesAfter(long revision) => _history.After(revision);

    public void Compact(long revision) => _history.Compact(Math.Min(revision, Revision));

    public void Apply(ChangeBatch batch)
    {
        foreach (var recorded in batch.Changes)
        {
            var change = WithView(recorded);
            if (_entries.TryGetValue(change.Key, out var before)) Bytes -= before.Value.Length;
            if (change.IsDelete)
            {
                _entries.Remove(change.Key);
            }
            else
            {
                _entries[change.Key] = new Entry(change.Key, change.Value, change.Revision) { View = change.View };
                Bytes += change.Value.Length;
            }
            Revision = change.Revision;
            _history.Add(change);
        }
    }

    public ShardSnapshot Snapshot() => new(Revision, CompactedRevision, [.. _entries.Values], _history.After(CompactedRevision)!);

    public void Restore(ShardSnapshot snapshot)
    {
        _entries.Clear();
        Bytes = 0;
        foreach (var entry in snapshot.Entries)
        {
            _entries[entry.Key] = entry.View is null ? entry with { View = views.Make(entry.Key, entry.Value, entry.Revision, null) } : entry;
            Bytes += entry.Value.Length;
        }
        Revision = snapshot.Revision;
        // A change that is still what its key holds shares the entry's view.
        _history.Restore(snapshot.CompactedRevision, snapshot.History.Select(change =>
            _entries.TryGetValue(change.Key, out var entry) && entry.Revision == change.Revision ? change with { Value = entry.Value, View = entry.View } : WithView(change)));
    }

    private Change WithView(Change change) =>
        change.View is null ? change with { View = views.Make(change.Key, change.Value, change.Revision, null) } : change;
}
