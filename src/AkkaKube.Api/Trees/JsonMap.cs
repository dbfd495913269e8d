using System.Diagnostics.CodeAnalysis;

namespace AkkaKube.Api;

/// <summary>
/// A JSON object that can be changed. Values are <c>null</c>, <c>bool</c>, <c>long</c>, <c>double</c>, <c>string</c>, <see cref="JsonList"/>, <see cref="JsonMap"/>,
/// or <see cref="RawJson"/> where nobody looks inside.
/// Fields stay in the order in which they came; those of our objects are few, so they are searched one by one, and a dictionary helps only the large ones.
/// </summary>
public sealed class JsonMap
{
    private const int Large = 24;
    private KeyValuePair<string, object?>[] _entries;
    private Dictionary<string, int>? _index;

    /// <summary>A map without fields.</summary>
    public JsonMap() => _entries = [];

    /// <summary>A map with these fields.</summary>
    public JsonMap(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        _entries = new KeyValuePair<string, object?>[fields.Length];
        foreach (var (name, value) in fields)
            this[name] = value;
    }

    /// <summary>How many fields there are.</summary>
    public int Count { get; private set; }

    /// <summary>The fields in their order.</summary>
    public ReadOnlySpan<KeyValuePair<string, object?>> Entries => _entries.AsSpan(0, Count);

    /// <summary>The value of a field (null where there is none); setting adds or replaces it.</summary>
    public object? this[string name]
    {
        get => IndexOf(name) is >= 0 and var index ? _entries[index].Value : null;
        set
        {
            var index = IndexOf(name);
            if (index >= 0)
                _entries[index] = new(name, value);
            else
                Append(name, value);
        }
    }

    /// <summary>Whether there is such a field, be it null.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>Finds a field, be it null.</summary>
    public bool TryGet(string name, out object? value)
    {
        var index = IndexOf(name);
        value = index < 0 ? null : _entries[index].Value;
        return index >= 0;
    }

    /// <summary>Takes a field away.</summary>
    public bool Remove(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
            return false;
        Array.Copy(_entries, index + 1, _entries, index, --Count - index);
        _entries[Count] = default;
        _index = null;
        return true;
    }

    /// <summary>A map in this map; null where there is none.</summary>
    public JsonMap? Map(string name) => this[name] as JsonMap;

    /// <summary>A list in this map; null where there is none.</summary>
    public JsonList? List(string name) => this[name] as JsonList;

    /// <summary>A text in this map; null where there is none.</summary>
    public string? Text(string name) => this[name] as string;

    /// <summary>A number in this map; null where there is none.</summary>
    public long? Number(string name) => this[name] switch { long number => number, double number => (long)number, _ => null };

    /// <summary>A truth value in this map; null where there is none.</summary>
    public bool? Flag(string name) => this[name] as bool?;

    /// <summary>A map in this map, made where there is none.</summary>
    public JsonMap Need(string name)
    {
        if (this[name] is JsonMap map)
            return map;
        map = new JsonMap();
        this[name] = map;
        return map;
    }

    /// <summary>What lies at the end of a path of fields.</summary>
    public object? At(params ReadOnlySpan<string> path)
    {
        object? node = this;
        foreach (var name in path)
        {
            if (node is not JsonMap map || !map.TryGet(name, out node))
                return null;
        }

        return node;
    }

    /// <summary>Sets a field that is not there or is null.</summary>
    public void Default(string name, object? value)
    {
        if (this[name] is null)
            this[name] = value;
    }

    /// <summary>A copy down to the leaves.</summary>
    public JsonMap Clone()
    {
        var copy = new JsonMap { _entries = new KeyValuePair<string, object?>[Count], Count = Count };
        for (var i = 0; i < Count; i++)
            copy._entries[i] = new(_entries[i].Key, Tree.Clone(_entries[i].Value));
        return copy;
    }

    /// <summary>The JSON.</summary>
    public override string ToString() => Tree.Text(this);

    /// <summary>Adds a field that is known not to be there yet.</summary>
    internal void Append(string name, object? value)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Math.Max(4, Count * 2));
        _index?.Add(name, Count);
        _entries[Count++] = new(name, value);
    }

    /// <summary>Sorts the fields by name, as Go writes maps.</summary>
    internal void Sort()
    {
        _index = null;
        Array.Sort(_entries, 0, Count, ByName.Instance);
    }

    private int IndexOf(string name)
    {
        if (Count > Large)
            return Indexed(name);
        var entries = _entries;
        for (var i = 0; i < Count; i++)
        {
            if (ReferenceEquals(entries[i].Key, name))
                return i;
        }

        for (var i = 0; i < Count; i++)
        {
            if (entries[i].Key == name)
                return i;
        }

        return -1;
    }

    private int Indexed(string name)
    {
        if (_index is null)
        {
            _index = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
            for (var i = 0; i < Count; i++)
                _index[_entries[i].Key] = i;
        }

        return _index.TryGetValue(name, out var index) ? index : -1;
    }

    private sealed class ByName : IComparer<KeyValuePair<string, object?>>
    {
        public static readonly ByName Instance = new();

        public int Compare(KeyValuePair<string, object?> x, KeyValuePair<string, object?> y) => string.CompareOrdinal(x.Key, y.Key);
    }
}
