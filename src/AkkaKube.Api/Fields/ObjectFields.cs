using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Fields;

/// <summary>Which fields an object has, and objects without some of their fields.</summary>
internal static class ObjectFields
{
    /// <summary>The fields that an applied configuration names.</summary>
    public static FieldSet Of(TypeSchema schema, JsonMap o) => FieldSet.Of(Fields(schema, o));

    /// <summary>The object without these fields.</summary>
    public static JsonMap Without(TypeSchema schema, JsonMap o, FieldSet fields)
    {
        var rest = new JsonMap();
        foreach (var (name, value) in o.Entries)
        {
            if (schema.Field(name) is not { } field)
                rest.Append(name, value);
            else if (!fields.Has(field.Element))
                rest.Append(field.Name, Without(new Shape(field.Value, field), value, fields.Below(field.Element)));
        }

        return rest;
    }

    /// <summary>A set in which the fields of structs on the way to its members are members as well.</summary>
    public static FieldSet WithNamedFields(TypeSchema schema, FieldSet set)
    {
        var entries = new List<FieldSet.Entry>(set.Entries.Length);
        foreach (var entry in set.Entries)
        {
            var field = entry.Element.StartsWith("f:", StringComparison.Ordinal) ? schema.Field(entry.Element[2..]) : null;
            entries.Add(field is null ? entry : new(entry.Element, true, WithNamedFields(new Shape(field.Value, field), entry.Below)));
        }

        return FieldSet.Of(entries);
    }

    private static FieldSet WithNamedFields(Shape shape, FieldSet set)
    {
        if (set.IsEmpty || shape.Kind == ShapeKind.Leaf)
            return set;
        if (shape.Kind == ShapeKind.Struct)
            return WithNamedFields(shape.Value.Struct, set);
        var entries = new List<FieldSet.Entry>(set.Entries.Length);
        foreach (var entry in set.Entries)
            entries.Add(entry with { Below = WithNamedFields(shape.Element, entry.Below) });
        return FieldSet.Of(entries);
    }

    private static List<FieldSet.Entry> Fields(TypeSchema schema, JsonMap o)
    {
        var entries = new List<FieldSet.Entry>(o.Count);
        foreach (var (name, value) in o.Entries)
        {
            if (schema.Field(name) is not { } field)
                continue;
            var shape = new Shape(field.Value, field);
            var entry = new FieldSet.Entry(field.Element, shape.Kind == ShapeKind.Leaf || value is null or JsonMap { Count: 0 }, Below(shape, value));
            if (!entry.IsEmpty)
                entries.Add(entry);
        }

        return entries;
    }

    private static FieldSet Below(Shape shape, object? value)
    {
        var entries = new List<FieldSet.Entry>();
        switch (shape.Kind, value)
        {
            case (ShapeKind.Struct, JsonMap map): return FieldSet.Of(Fields(shape.Value.Struct, map));
            case (ShapeKind.Map, JsonMap map):
                foreach (var (key, item) in map.Entries)
                    entries.Add(new(PathElement.Field(key), true, Below(shape.Element, item)));
                return FieldSet.Of(entries);
            case (ShapeKind.KeyedList or ShapeKind.Set, JsonList list):
                for (var i = 0; i < list.Count; i++)
                    entries.Add(new(shape.ElementOf(list[i], i), true, Below(shape.Element, list[i])));
                return FieldSet.Of(entries);
            default: return FieldSet.Empty;
        }
    }

    private static object? Without(Shape shape, object? value, FieldSet fields)
    {
        if (fields.IsEmpty)
            return value;
        switch (shape.Kind, value)
        {
            case (ShapeKind.Struct, JsonMap map):
                var rest = Without(shape.Value.Struct, map, fields);
                return rest.Count == 0 ? null : rest;
            case (ShapeKind.Map, JsonMap map):
                var kept = new JsonMap();
                foreach (var (key, item) in map.Entries)
                {
                    var element = PathElement.Field(key);
                    if (!fields.Has(element))
                        kept.Append(key, Without(shape.Element, item, fields.Below(element)));
                }

                return kept.Count == 0 ? null : kept;
            case (ShapeKind.KeyedList or ShapeKind.Set, JsonList list):
                var items = new JsonList(list.Count);
                for (var i = 0; i < list.Count; i++)
                {
                    var element = shape.ElementOf(list[i], i);
                    if (!fields.Has(element))
                        items.Add(Without(shape.Element, list[i], fields.Below(element)));
                }

                return items.Count == 0 ? null : items;
            default: return null;
        }
    }
}
