using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Fields;

/// <summary>How a value is owned: as a whole, field by field, or element by element.</summary>
internal enum ShapeKind
{
    /// <summary>As a whole.</summary>
    Leaf,

    /// <summary>A struct, field by field.</summary>
    Struct,

    /// <summary>A map, key by key.</summary>
    Map,

    /// <summary>A list whose elements are known by keys.</summary>
    KeyedList,

    /// <summary>A list whose elements are known by their values.</summary>
    Set,
}

/// <summary>A type with what its field says about ownership.</summary>
internal readonly record struct Shape(ValueSchema Value, FieldSchema? Field)
{
    public ShapeKind Kind => Value.Kind switch
    {
        ValueKind.Struct => Value.Struct.IsAtomic || Field?.IsAtomicMap == true ? ShapeKind.Leaf : ShapeKind.Struct,
        ValueKind.Map => Field?.IsAtomicMap == true ? ShapeKind.Leaf : ShapeKind.Map,
        ValueKind.List => Field?.ListType switch { "map" => ShapeKind.KeyedList, "set" => ShapeKind.Set, _ => ShapeKind.Leaf },
        _ => ShapeKind.Leaf,
    };

    /// <summary>The shape of the elements of a list or map.</summary>
    public Shape Element => new(Value.Element!, null);

    /// <summary>The keys of a list, in the order in which paths say them.</summary>
    public IReadOnlyList<string> SortedKeys => Field!.SortedListKeys;

    /// <summary>The path element of an item of a list; an item without its keys goes by its place.</summary>
    public string ElementOf(object? item, int index) =>
        Kind == ShapeKind.Set ? PathElement.Value(item) : PathElement.Key(this, item, out _) ?? "i:" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
