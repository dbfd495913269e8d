namespace AkkaKube.Etcd;

/// <summary>A long answer on its way in parts: what of it is still to come. All parts are of one moment.</summary>
internal sealed class RangeParts(EtcdShard.Ranged whole, int bytes)
{
    private int _entries;
    private int _history;
    private int _number;
    private bool _touched;

    /// <summary>The next part; the last one is a <see cref="EtcdShard.Ranged"/>.</summary>
    public EtcdShard.Reply Next()
    {
        _touched = true;
        var room = (long)bytes;
        var entries = Take(whole.Entries, ref _entries, entry => entry.Value.Length + entry.Key.Length, ref room);
        var history = Take(whole.History, ref _history, change => change.Value.Length + change.Key.Length, ref room);
        if (_entries == whole.Entries.Count && _history == whole.History.Count) return whole with { Entries = entries, History = history };
        return new EtcdShard.Part(whole.Tag, _number++, entries, history);
    }

    /// <summary>Nobody asked for more since this was asked last.</summary>
    public bool IsIdle()
    {
        var idle = !_touched;
        _touched = false;
        return idle;
    }

    /// <summary>Changes in pieces of about so many bytes, in order.</summary>
    public static IEnumerable<IReadOnlyList<Change>> Split(IReadOnlyList<Change> changes, int bytes)
    {
        for (var at = 0; at < changes.Count;)
        {
            var room = (long)bytes;
            yield return Take(changes, ref at, change => change.Value.Length + change.Key.Length, ref room);
        }
    }

    /// <summary>At least one while there is room, however large.</summary>
    private static IReadOnlyList<T> Take<T>(IReadOnlyList<T> items, ref int at, Func<T, int> size, ref long room)
    {
        var start = at;
        for (; at < items.Count && room > 0; at++) room -= size(items[at]);
        return start == 0 && at == items.Count ? items : [.. items.Skip(start).Take(at - start)];
    }
}
