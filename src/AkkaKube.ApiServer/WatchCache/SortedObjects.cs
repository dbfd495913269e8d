using AkkaKube.Api;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>
/// The objects of one resource type by key, listed in the order of their keys. Keys that came or went since the last list are merged
/// into the order by the next one, so that a write costs no more than a dictionary entry.
/// </summary>
internal sealed class SortedObjects
{
    private readonly Dictionary<string, Slot> _byPath = new(StringComparer.Ordinal);
    private readonly List<Slot> _added = [];
    private Slot[] _sorted = [];
    private int _removed;

    private sealed class Slot(string path, ApiObject value)
    {
        public readonly string Path = path;
        public ApiObject? Value = value;
    }

    public int Count => _byPath.Count;

    public IEnumerable<ApiObject> All => _byPath.Values.Select(slot => slot.Value!);

    public ApiObject? Find(string path) => _byPath.GetValueOrDefault(path)?.Value;

    /// <summary>Puts an object and returns the one it replaces.</summary>
    public ApiObject? Set(string path, ApiObject value)
    {
        if (_byPath.TryGetValue(path, out var slot))
        {
            var before = slot.Value;
            slot.Value = value;
            return before;
        }
        slot = new Slot(path, value);
        _byPath.Add(path, slot);
        _added.Add(slot);
        return null;
    }

    /// <summary>Removes an object and returns it.</summary>
    public ApiObject? Remove(string path)
    {
        if (!_byPath.Remove(path, out var slot)) return null;
        var before = slot.Value;
        slot.Value = null;
        _removed++;
        return before;
    }

    public void Clear()
    {
        _byPath.Clear();
        _added.Clear();
        _sorted = [];
        _removed = 0;
    }

    /// <summary>The objects whose keys start with <paramref name="prefix"/>, from <paramref name="start"/> on, in the order of their keys.</summary>
    public ReadOnlyMemory<ApiObject> Range(string prefix, string? start = null)
    {
        Merge();
        var from = LowerBound(start is not null && string.CompareOrdinal(start, prefix) > 0 ? start : prefix);
        var to = from;
        var found = new ApiObject[prefix.Length == 0 ? _sorted.Length - from : Math.Min(_sorted.Length - from, 16)];
        for (; to < _sorted.Length && _sorted[to].Path.StartsWith(prefix, StringComparison.Ordinal); to++)
        {
            if (to - from == found.Length) Array.Resize(ref found, found.Length * 2);
            found[to - from] = _sorted[to].Value!;
        }
        return found.AsMemory(0, to - from);
    }

    private int LowerBound(string path)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(_sorted[middle].Path, path) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Merge()
    {
        if (_added.Count == 0 && _removed == 0) return;
        _added.RemoveAll(slot => slot.Value is null);
        _added.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        var merged = new Slot[_byPath.Count];
        int at = 0, next = 0;
        foreach (var slot in _sorted)
        {
            if (slot.Value is null) continue;
            while (next < _added.Count && string.CompareOrdinal(_added[next].Path, slot.Path) < 0) merged[at++] = _added[next++];
            merged[at++] = slot;
        }
        while (next < _added.Count) merged[at++] = _added[next++];
        _sorted = merged;
        _added.Clear();
        _removed = 0;
    }
}
