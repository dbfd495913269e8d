using AkkaKube.Api;
using AkkaKube.Etcd;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>The latest changes of a resource type, for watches that start in the past and lists of an exact revision.</summary>
internal sealed class EventHistory(int maxEvents, long maxBytes)
{
    private readonly LinkedList<CachedEvent> _events = new();
    private long _bytes;

    /// <summary>Changes up to this revision are not known here.</summary>
    public long Start { get; private set; }

    /// <summary>
    /// Takes over what the shard remembers, so that watches go on over a restart. An event needs what its object was before: where the shard has
    /// forgotten that, the history starts after it.
    /// </summary>
    public void Load(long compacted, IEnumerable<Change> changes)
    {
        Reset(compacted);
        var objects = new Dictionary<string, ApiObject?>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var current = (ApiObject)change.View!;
            if (objects.TryGetValue(change.Key, out var previous) || change.IsCreate) Add(new CachedEvent(change.Revision, change.Key, current, previous, change.IsDelete));
            else Reset(change.Revision);
            objects[change.Key] = change.IsDelete ? null : current;
        }
    }

    private void Reset(long revision)
    {
        _events.Clear();
        _bytes = 0;
        Start = revision;
    }

    public void Add(CachedEvent change)
    {
        _events.AddLast(change);
        _bytes += change.Current.Json.Length;
        while (_events.Count > maxEvents || (_bytes > maxBytes && _events.Count > 1))
        {
            var oldest = _events.First!.Value;
            _events.RemoveFirst();
            _bytes -= oldest.Current.Json.Length;
            Start = oldest.Revision;
        }
    }

    /// <summary>The changes after <paramref name="revision"/>, oldest first; null where some of them are not known any more.</summary>
    public IReadOnlyList<CachedEvent>? After(long revision)
    {
        if (revision < Start) return null;
        var found = new List<CachedEvent>();
        for (var node = _events.Last; node is not null && node.Value.Revision > revision; node = node.Previous) found.Add(node.Value);
        found.Reverse();
        return found;
    }
}
