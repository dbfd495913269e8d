using AkkaKube.Api;

namespace AkkaKube.Client.Informers;

/// <summary>The objects of a store, grouped by a value of theirs, e.g. the pods by their node.</summary>
public sealed class StoreIndex<T>
    where T : class, IApiObject
{
    private readonly Func<T, string?> _value;
    private readonly Dictionary<string, Dictionary<ObjectKey, T>> _groups = [];

    internal StoreIndex(Func<T, string?> value) => _value = value;

    /// <summary>The values that some object has.</summary>
    public IReadOnlyCollection<string> Values => _groups.Keys;

    /// <summary>The objects with this value.</summary>
    public IReadOnlyCollection<T> this[string value] => _groups.TryGetValue(value, out var group) ? group.Values : [];

    internal void Replace(ObjectKey key, T? old, T? item)
    {
        var before = old is null ? null : _value(old);
        var after = item is null ? null : _value(item);
        if (before is not null && before != after && _groups.TryGetValue(before, out var group) && group.Remove(key) && group.Count == 0) _groups.Remove(before);
        if (after is null) return;
        if (!_groups.TryGetValue(after, out var into)) _groups[after] = into = [];
        into[key] = item!;
    }
}
