using System.Collections;
using System.Runtime.CompilerServices;

namespace AkkaKube.Api;

/// <summary>An immutable list that is equal to another when their elements are. It is never null; <c>default</c> is the empty list.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public readonly struct ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[]? _items;

    internal ValueList(T[]? items) => _items = items is { Length: 0 } ? null : items;

    /// <summary>The list without elements.</summary>
    public static ValueList<T> Empty => default;

    /// <inheritdoc/>
    public int Count => _items?.Length ?? 0;

    /// <summary>Nothing in it.</summary>
    public bool IsEmpty => _items is null;

    /// <inheritdoc/>
    public T this[int index] => (_items ?? [])[index];

    /// <summary>The elements in one piece.</summary>
    public ReadOnlySpan<T> Span => _items;

    /// <summary>This list with one more element at its end.</summary>
    public ValueList<T> Add(T item) => new([.. Span, item]);

    /// <summary>This list with more elements at its end.</summary>
    public ValueList<T> AddRange(IEnumerable<T> items) => new([.. Span, .. items]);

    /// <summary>This list with another element at <paramref name="index"/>.</summary>
    public ValueList<T> SetItem(int index, T item)
    {
        var items = Span.ToArray();
        items[index] = item;
        return new(items);
    }

    /// <summary>This list without the elements that satisfy <paramref name="condition"/>.</summary>
    public ValueList<T> RemoveAll(Func<T, bool> condition) => new([.. this.Where(item => !condition(item))]);

    /// <summary>Walks through the elements without an allocation.</summary>
    public Enumerator GetEnumerator() => new(_items ?? []);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (_items ?? []).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueList<T> other)
    {
        if (ReferenceEquals(_items, other._items))
            return true;
        return Span.SequenceEqual(other.Span, EqualityComparer<T>.Default);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Span)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The elements, with commas between.</summary>
    public override string ToString() => $"[{string.Join(", ", this)}]";

    /// <summary>Compares the elements.</summary>
    public static bool operator ==(ValueList<T> left, ValueList<T> right) => left.Equals(right);

    /// <summary>Compares the elements.</summary>
    public static bool operator !=(ValueList<T> left, ValueList<T> right) => !left.Equals(right);

    /// <summary>A copy of an array.</summary>
    public static implicit operator ValueList<T>(T[] items) => new([.. items]);

    /// <summary>A copy of a list.</summary>
    public static implicit operator ValueList<T>(List<T> items) => new([.. items]);

    /// <summary>Walks through a list.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private int _index;

        internal Enumerator(T[] items) => (_items, _index) = (items, -1);

        /// <summary>Where the walk is.</summary>
        public readonly T Current => _items[_index];

        /// <summary>One step further.</summary>
        public bool MoveNext() => ++_index < _items.Length;
    }
}

/// <summary>Makes lists.</summary>
public static class ValueList
{
    /// <summary>A list of <paramref name="items"/>; what a collection expression calls.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list of <paramref name="items"/>.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => items is ValueList<T> list ? list : new([.. items]);
}
