using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AkkaKube.Api;

/// <summary>
/// An immutable map with texts as keys, sorted by key, that is equal to another when their entries are. It is never null; <c>default</c> is the empty map.
/// A collection expression makes one: <c>[new("app", "web")]</c>.
/// </summary>
[CollectionBuilder(typeof(ValueMap), nameof(ValueMap.Create))]
public readonly struct ValueMap<T> : IReadOnlyDictionary<string, T>, IEquatable<ValueMap<T>>
{
    private readonly KeyValuePair<string, T>[]? _entries;

    /// <summary>Takes entries that are sorted by key, each key once.</summary>
    internal ValueMap(KeyValuePair<string, T>[]? sorted) => _entries = sorted is { Length: 0 } ? null : sorted;

    /// <summary>The map without entries.</summary>
    public static ValueMap<T> Empty => default;

    /// <inheritdoc/>
    public int Count => _entries?.Length ?? 0;

    /// <summary>Nothing in it.</summary>
    public bool IsEmpty => _entries is null;

    /// <summary>The entries, sorted by key.</summary>
    public ReadOnlySpan<KeyValuePair<string, T>> Span => _entries;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => (_entries ?? []).Select(entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<T> Values => (_entries ?? []).Select(entry => entry.Value);

    /// <inheritdoc/>
    public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"no entry '{key}'");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : _entries![index].Value;
        return index >= 0;
    }

    /// <summary>The value of a key, or <c>default</c> where there is none.</summary>
    public T? GetValueOrDefault(string key) => TryGetValue(key, out var value) ? value : default;

    /// <summary>This map with one entry more, or another value in it.</summary>
    public ValueMap<T> SetItem(string key, T value)
    {
        var index = IndexOf(key);
        if (index >= 0)
        {
            var entries = Span.ToArray();
            entries[index] = new(key, value);
            return new(entries);
        }

        return new([.. Span[..~index], new(key, value), .. Span[~index..]]);
    }

    /// <summary>This map with the entries of another one over its own.</summary>
    public ValueMap<T> SetItems(IEnumerable<KeyValuePair<string, T>> entries) => ValueMap.From(this.Concat(entries));

    /// <summary>This map without a key.</summary>
    public ValueMap<T> Remove(string key)
    {
        var index = IndexOf(key);
        return index < 0 ? this : new([.. Span[..index], .. Span[(index + 1)..]]);
    }

    /// <summary>Walks through the entries without an allocation.</summary>
    public ValueList<KeyValuePair<string, T>>.Enumerator GetEnumerator() => new(_entries ?? []);

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, T>>)(_entries ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_entries ?? []).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueMap<T> other)
    {
        if (ReferenceEquals(_entries, other._entries))
            return true;
        if (Count != other.Count)
            return false;
        for (var i = 0; i < Count; i++)
        {
            var (left, right) = (_entries![i], other._entries![i]);
            if (left.Key != right.Key || !EqualityComparer<T>.Default.Equals(left.Value, right.Value))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueMap<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var entry in Span)
        {
            hash.Add(entry.Key);
            hash.Add(entry.Value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The entries as <c>key=value</c>, with commas between.</summary>
    public override string ToString() => string.Join(",", (_entries ?? []).Select(entry => $"{entry.Key}={entry.Value}"));

    /// <summary>Compares the entries.</summary>
    public static bool operator ==(ValueMap<T> left, ValueMap<T> right) => left.Equals(right);

    /// <summary>Compares the entries.</summary>
    public static bool operator !=(ValueMap<T> left, ValueMap<T> right) => !left.Equals(right);

    /// <summary>A copy of a dictionary.</summary>
    public static implicit operator ValueMap<T>(Dictionary<string, T> entries) => ValueMap.From(entries);

    private int IndexOf(string key)
    {
        if (_entries is null)
            return ~0;
        if (_entries.Length > 8)
            return Search(key);
        for (var i = 0; i < _entries.Length; i++)
        {
            var order = ReferenceEquals(_entries[i].Key, key) ? 0 : string.CompareOrdinal(_entries[i].Key, key);
            if (order >= 0)
                return order == 0 ? i : ~i;
        }

        return ~_entries.Length;
    }

    private int Search(string key)
    {
        var (low, high) = (0, _entries!.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(_entries[middle].Key, key);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }
}

/// <summary>Makes maps.</summary>
public static class ValueMap
{
    /// <summary>A map of <paramref name="entries"/>; what a collection expression calls.</summary>
    public static ValueMap<T> Create<T>(ReadOnlySpan<KeyValuePair<string, T>> entries) => Sorted(entries.ToArray());

    /// <summary>A map of <paramref name="entries"/>; of a key that comes twice the last one counts.</summary>
    public static ValueMap<T> From<T>(IEnumerable<KeyValuePair<string, T>> entries) => entries is ValueMap<T> map ? map : Sorted([.. entries]);

    /// <summary>A map of <paramref name="entries"/>.</summary>
    public static ValueMap<T> Of<T>(params ReadOnlySpan<(string Key, T Value)> entries)
    {
        var pairs = new KeyValuePair<string, T>[entries.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = new(entries[i].Key, entries[i].Value);
        return Sorted(pairs);
    }

    /// <summary>A map of <paramref name="entries"/>.</summary>
    public static ValueMap<T> ToValueMap<T>(this IEnumerable<KeyValuePair<string, T>> entries) => From(entries);

    /// <summary>A map of what two functions make of each item.</summary>
    public static ValueMap<T> ToValueMap<TItem, T>(this IEnumerable<TItem> items, Func<TItem, string> key, Func<TItem, T> value) =>
        From(items.Select(item => new KeyValuePair<string, T>(key(item), value(item))));

    /// <summary>Sorts the array itself and makes the map of it.</summary>
    internal static ValueMap<T> Sorted<T>(KeyValuePair<string, T>[] entries)
    {
        var inOrder = true;
        for (var i = 1; i < entries.Length && inOrder; i++)
            inOrder = string.CompareOrdinal(entries[i - 1].Key, entries[i].Key) < 0;
        if (inOrder)
            return new(entries);
        var last = new Dictionary<string, T>(entries.Length, StringComparer.Ordinal);
        foreach (var entry in entries)
            last[entry.Key] = entry.Value;
        var sorted = last.ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return new(sorted);
    }
}
