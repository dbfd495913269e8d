using AkkaKube.Api;

namespace AkkaKube.Client.Reconciler;

/// <summary>Keys whose writes the informers have not seen yet; a reconciler would decide on what was before them.</summary>
/// <remarks>
/// Creates and updates are seen when the informer has reached their revision, deletes when the object is gone or marked. Kubernetes
/// counts expected creations and deletions instead; revisions need no counting and cannot go wrong.
/// </remarks>
internal sealed class CatchUp
{
    private readonly Dictionary<GroupVersionResource, PriorityQueue<Entry, long>> _byRevision = [];
    private readonly Dictionary<(GroupVersionResource, ObjectKey), List<Entry>> _byDeletion = [];
    private readonly Dictionary<ObjectKey, Entry> _entries = [];

    /// <summary>Whether <paramref name="key"/> waits.</summary>
    public bool IsWaiting(ObjectKey key) => _entries.ContainsKey(key);

    /// <summary>Has a key wait for revisions and deletions; false when there is nothing to wait for.</summary>
    public bool Wait(ObjectKey key, IEnumerable<(GroupVersionResource Resource, long Revision)> revisions, IEnumerable<(GroupVersionResource Resource, ObjectKey Key)> deletions, DateTimeOffset until)
    {
        var entry = new Entry(key, until);
        foreach (var (resource, revision) in revisions)
        {
            if (!_byRevision.TryGetValue(resource, out var queue)) _byRevision[resource] = queue = new PriorityQueue<Entry, long>();
            queue.Enqueue(entry, revision);
            entry.Left++;
        }

        foreach (var deletion in deletions)
        {
            if (!_byDeletion.TryGetValue(deletion, out var entries)) _byDeletion[deletion] = entries = [];
            entries.Add(entry);
            entry.Left++;
        }

        if (entry.Left == 0) return false;
        _entries[key] = entry;
        return true;
    }

    /// <summary>A resource's informer has come to <paramref name="revision"/>: the keys that need not wait any longer.</summary>
    public IEnumerable<ObjectKey> Reached(GroupVersionResource resource, long revision)
    {
        if (!_byRevision.TryGetValue(resource, out var queue)) yield break;
        while (queue.TryPeek(out var entry, out var needed) && needed <= revision)
        {
            queue.Dequeue();
            if (Release(entry)) yield return entry.Key;
        }
    }

    /// <summary>An object is gone, or marked for deletion: the keys that need not wait any longer.</summary>
    public IEnumerable<ObjectKey> Ended(GroupVersionResource resource, ObjectKey key)
    {
        if (!_byDeletion.Remove((resource, key), out var entries)) yield break;
        foreach (var entry in entries)
            if (Release(entry)) yield return entry.Key;
    }

    /// <summary>The keys that have waited too long; they wait no more.</summary>
    public IReadOnlyList<ObjectKey> Expired(DateTimeOffset now)
    {
        var late = _entries.Values.Where(e => e.Until <= now).ToList();
        foreach (var entry in late)
        {
            entry.Left = 0;
            _entries.Remove(entry.Key);
        }

        return late.ConvertAll(e => e.Key);
    }

    private bool Release(Entry entry) => entry.Left > 0 && --entry.Left == 0 && _entries.Remove(entry.Key);

    private sealed class Entry(ObjectKey key, DateTimeOffset until)
    {
        public ObjectKey Key { get; } = key;

        public DateTimeOffset Until { get; } = until;

        public int Left { get; set; }
    }
}
