using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Fields;

/// <summary>Lays an applied configuration over an object: structs and maps field by field, lists element by element, the rest as a whole.</summary>
internal static class ObjectMerge
{
    public static JsonMap Merge(TypeSchema schema, JsonMap live, JsonMap applied)
    {
        var merged = new JsonMap();
        foreach (var (name, value) in live.Entries)
        {
            if (!applied.TryGet(name, out var over))
                merged.Append(name, Tree.Clone(value));
            else if (schema.Field(name) is { } field)
                merged.Append(field.Name, Merge(new Shape(field.Value, field), value, over));
            else
                merged.Append(name, Tree.Clone(over));
        }

        foreach (var (name, value) in applied.Entries)
        {
            if (!live.Has(name))
                merged.Append(name, Tree.Clone(value));
        }

        return merged;
    }

    private static object? Merge(Shape shape, object? live, object? applied) => (shape.Kind, live, applied) switch
    {
        (ShapeKind.Struct, JsonMap under, JsonMap over) => Merge(shape.Value.Struct, under, over),
        (ShapeKind.Map, JsonMap under, JsonMap over) => Keys(shape.Element, under, over),
        (ShapeKind.KeyedList or ShapeKind.Set, JsonList under, JsonList over) => Items(shape, under, over),
        (ShapeKind.Struct or ShapeKind.Map, JsonMap { Count: > 0 }, null) or (ShapeKind.KeyedList or ShapeKind.Set, JsonList { Count: > 0 }, null) => Tree.Clone(live),
        _ => Tree.Clone(applied),
    };

    private static JsonMap Keys(Shape element, JsonMap live, JsonMap applied)
    {
        var merged = new JsonMap();
        foreach (var (key, value) in live.Entries)
            merged.Append(key, applied.TryGet(key, out var over) ? Merge(element, value, over) : Tree.Clone(value));
        foreach (var (key, value) in applied.Entries)
        {
            if (!live.Has(key))
                merged.Append(key, Tree.Clone(value));
        }

        return merged;
    }

    /// <summary>
    /// The elements of both: those of the configuration in its order, those of the object alone where they stand between the elements that
    /// both have.
    /// </summary>
    private static JsonList Items(Shape shape, JsonList live, JsonList applied)
    {
        var (left, right) = (Named(shape, live), Named(shape, applied));
        var (inLeft, inRight) = (Index(left), Index(right));
        var shared = new Queue<string>(right.Select(item => item.Element).Where(inLeft.ContainsKey));
        shared.TryDequeue(out var next);
        var merged = new JsonList(Math.Max(left.Count, right.Count));
        var done = new HashSet<string>();
        for (var (i, j) = (0, 0); i < left.Count || j < right.Count;)
        {
            if (i < left.Count && j < right.Count)
            {
                var element = left[i].Element;
                if (element == right[j].Element)
                {
                    done.Add(element);
                    merged.Add(Merge(shape.Element, inLeft[element], inRight[element]));
                    i++;
                    j++;
                    shared.TryDequeue(out next);
                    continue;
                }

                if (inRight.ContainsKey(element) && next is not null && next != element)
                {
                    // Both have it, but another one comes first in the configuration.
                    i++;
                    continue;
                }
            }

            if (i < left.Count)
            {
                var element = left[i].Element;
                if (!inRight.ContainsKey(element))
                {
                    merged.Add(Tree.Clone(left[i].Value));
                    i++;
                    continue;
                }

                if (done.Contains(element))
                    i++;
            }

            if (j >= right.Count)
                continue;
            var taken = right[j++].Element;
            done.Add(taken);
            merged.Add(inLeft.TryGetValue(taken, out var under) ? Merge(shape.Element, under, inRight[taken]) : Tree.Clone(inRight[taken]));
            if (taken == next)
                shared.TryDequeue(out next);
        }

        return merged;
    }

    private static List<(string Element, object? Value)> Named(Shape shape, JsonList list) => [.. list.Select((item, index) => (shape.ElementOf(item, index), item))];

    private static Dictionary<string, object?> Index(List<(string Element, object? Value)> items)
    {
        var index = new Dictionary<string, object?>(items.Count, StringComparer.Ordinal);
        foreach (var (element, value) in items)
            index.TryAdd(element, value);
        return index;
    }
}
