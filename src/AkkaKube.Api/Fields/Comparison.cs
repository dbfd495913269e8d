using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Fields;

/// <summary>Which fields two versions of an object differ in.</summary>
internal sealed record Comparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    /// <summary>Stands for a value that is not there; null is one that is.</summary>
    private static readonly object Absent = new();

    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    /// <summary>Compares two trees in Go's form.</summary>
    public static Comparison Of(TypeSchema schema, JsonMap left, JsonMap right)
    {
        var inside = new Inside();
        Fields(schema, left, right, ref inside);
        return new(FieldSet.Of(inside.Added), FieldSet.Of(inside.Modified), FieldSet.Of(inside.Removed));
    }

    private enum Mark
    {
        None,
        Added,
        Modified,
        Removed,
    }

    private static void Child(string element, Shape shape, object? left, object? right, ref Inside outer)
    {
        var inside = new Inside();
        var mark = Compare(shape, left, right, ref inside);
        if (mark == Mark.Added || inside.Added is not null)
            (outer.Added ??= []).Add(new(element, mark == Mark.Added, FieldSet.Of(inside.Added)));
        if (mark == Mark.Modified || inside.Modified is not null)
            (outer.Modified ??= []).Add(new(element, mark == Mark.Modified, FieldSet.Of(inside.Modified)));
        if (mark == Mark.Removed || inside.Removed is not null)
            (outer.Removed ??= []).Add(new(element, mark == Mark.Removed, FieldSet.Of(inside.Removed)));
    }

    private static Mark Compare(Shape shape, object? left, object? right, ref Inside inside)
    {
        var kind = shape.Kind;
        if (kind == ShapeKind.Leaf || (IsHollow(left) && IsHollow(right)))
            return ReferenceEquals(left, Absent) ? Mark.Added : ReferenceEquals(right, Absent) ? Mark.Removed : Tree.Same(left, right) ? Mark.None : Mark.Modified;
        switch (kind)
        {
            case ShapeKind.Struct: Fields(shape.Value.Struct, left as JsonMap, right as JsonMap, ref inside); break;
            case ShapeKind.Map: Keys(shape.Element, left as JsonMap, right as JsonMap, ref inside); break;
            default: Items(shape, left as JsonList, right as JsonList, ref inside); break;
        }

        return ReferenceEquals(left, Absent) ? Mark.Added : ReferenceEquals(right, Absent) ? Mark.Removed : Mark.None;
    }

    private static void Fields(TypeSchema schema, JsonMap? left, JsonMap? right, ref Inside inside)
    {
        foreach (var field in schema.AllFields)
        {
            var (one, two) = (Get(left, field.Name), Get(right, field.Name));
            if (!ReferenceEquals(one, Absent) || !ReferenceEquals(two, Absent))
                Child(field.Element, new(field.Value, field), one, two, ref inside);
        }
    }

    private static void Keys(Shape element, JsonMap? left, JsonMap? right, ref Inside inside)
    {
        foreach (var (key, value) in right is null ? [] : right.Entries)
            Child(PathElement.Field(key), element, Get(left, key), value, ref inside);
        foreach (var (key, value) in left is null ? [] : left.Entries)
        {
            if (right?.Has(key) != true)
                Child(PathElement.Field(key), element, value, Absent, ref inside);
        }
    }

    private static void Items(Shape shape, JsonList? left, JsonList? right, ref Inside inside)
    {
        var old = ByElement(shape, left);
        var element = shape.Element;
        if (old is null && right is { Count: 1 })
        {
            Child(shape.ElementOf(right[0], 0), element, Absent, right[0], ref inside);
            return;
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < (right?.Count ?? 0); i++)
        {
            var name = shape.ElementOf(right![i], i);
            if (!seen.Add(name))
            {
                // The same key twice: such elements are owned as one.
                (inside.Added ??= []).Add(new(name, true, FieldSet.Empty));
                continue;
            }

            Child(name, element, old is not null && old.TryGetValue(name, out var value) ? value : Absent, right[i], ref inside);
        }

        foreach (var (name, value) in old ?? [])
        {
            if (!seen.Contains(name))
                Child(name, element, value, Absent, ref inside);
        }
    }

    private static Dictionary<string, object?>? ByElement(Shape shape, JsonList? list)
    {
        if (list is null || list.Count == 0)
            return null;
        var items = new Dictionary<string, object?>(list.Count, StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
            items.TryAdd(shape.ElementOf(list[i], i), list[i]);
        return items;
    }

    private static object? Get(JsonMap? map, string name) => map is not null && map.TryGet(name, out var value) ? value : Absent;

    private static bool IsHollow(object? value) => value is null or JsonMap { Count: 0 } or JsonList { Count: 0 } || ReferenceEquals(value, Absent);

    /// <summary>What was found inside a value.</summary>
    private struct Inside
    {
        public List<FieldSet.Entry>? Added;
        public List<FieldSet.Entry>? Modified;
        public List<FieldSet.Entry>? Removed;
    }
}
