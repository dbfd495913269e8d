namespace AkkaKube.Api.Patches;

/// <summary>Merges maps as a strategic merge patch says; changes the object in place and uses up the patch.</summary>
internal static class StrategicMerge
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeleteFromList = "$deleteFromPrimitiveList/";
    private const string ElementOrder = "$setElementOrder/";

    public static JsonMap Maps(PatchSchema schema, JsonMap? original, JsonMap patch)
    {
        if (patch.TryGet(Directive, out var directive))
            return Directed(directive, patch);
        original ??= new JsonMap();
        Retain(original, patch);
        OrderedLists(schema, original, patch);
        foreach (var (name, value) in patch.Entries.ToArray())
        {
            var deletes = name.StartsWith("$deleteFromPrimitiveList", StringComparison.Ordinal);
            if (deletes && !name.StartsWith(DeleteFromList, StringComparison.Ordinal))
                throw new PatchException("invalid patch format of primitive list");
            Field(schema, original, deletes ? name[DeleteFromList.Length..] : name, value, deletes);
        }

        return original;
    }

    private static void Field(PatchSchema schema, JsonMap original, string name, object? value, bool deletes)
    {
        if (value is null)
        {
            original.Remove(name);
            return;
        }

        var found = original.TryGet(name, out var old);
        if (!found || !SameKind(old, value))
        {
            if (!deletes)
                Set(original, name, WithoutNulls(value));
            return;
        }

        switch (old, value)
        {
            case (JsonMap under, JsonMap over):
                var rule = schema.Field(name);
                original[name] = rule.Strategy == "replace" ? over : Maps(rule.Inner, under, over);
                break;
            case (JsonList under, JsonList over):
                original[name] = Lists(schema.Field(name), under, over, deletes);
                break;
            default:
                Set(original, name, value);
                break;
        }
    }

    private static void Set(JsonMap original, string name, object? value)
    {
        if (StrategicLists.WithoutDirectives(value, out var kept))
            original[name] = kept;
        else
            original.Remove(name);
    }

    /// <summary>Merges two lists where the field says so; else the patch's list takes the place.</summary>
    private static JsonList Lists(PatchRule rule, JsonList original, JsonList patch, bool deletes)
    {
        if (deletes)
            return StrategicLists.WithoutScalars(original, patch);
        if (rule.Strategy != "merge")
            return StrategicLists.WithoutDirectives(patch, out var kept) ? (JsonList)kept! : [];
        return StrategicLists.Merge(rule, original, patch);
    }

    private static JsonMap Directed(object? directive, JsonMap patch)
    {
        switch (directive)
        {
            case "replace":
                patch.Remove(Directive);
                return patch;
            case "delete": return new JsonMap();
            default: throw PatchException.BadDirective(directive, patch);
        }
    }

    /// <summary>Fields that the patch does not list to be retained go.</summary>
    private static void Retain(JsonMap original, JsonMap patch)
    {
        if (!patch.TryGet(RetainKeys, out var listed))
            return;
        patch.Remove(RetainKeys);
        if (listed is not JsonList list)
            throw new PatchException("invalid patch format of retainKeys");
        var keys = list.OfType<string>().ToHashSet();
        foreach (var (name, value) in patch.Entries)
        {
            if (value is not null && !name.StartsWith("$deleteFromPrimitiveList", StringComparison.Ordinal) && !name.StartsWith("$setElementOrder", StringComparison.Ordinal) && !keys.Contains(name))
                throw new PatchException("invalid patch format of retainKeys");
        }

        foreach (var (name, _) in original.Entries.ToArray())
        {
            if (!keys.Contains(name))
                original.Remove(name);
        }
    }

    /// <summary>Lists whose order the patch says are merged first, and then put in that order.</summary>
    private static void OrderedLists(PatchSchema schema, JsonMap original, JsonMap patch)
    {
        foreach (var (directive, value) in patch.Entries.ToArray())
        {
            if (!directive.StartsWith("$setElementOrder", StringComparison.Ordinal))
                continue;
            patch.Remove(directive);
            if (value is not JsonList order)
                throw PatchException.BadType("[]interface {}", value);
            if (!directive.StartsWith(ElementOrder, StringComparison.Ordinal))
                throw new PatchException("invalid patch format of setElementOrder list");
            var name = directive[ElementOrder.Length..];
            var old = List(original, name);
            var change = List(patch, name);
            var rule = schema.Field(name);
            StrategicLists.CheckOrder(rule, change, order);
            if (old is null && change is null)
                continue;
            JsonList merged;
            if (change is null)
                merged = old!;
            else if (old is null)
                merged = StrategicLists.WithoutDirectives(change, out var kept) ? (JsonList)kept! : [];
            else
                merged = Lists(rule, old, change, deletes: false);
            original[name] = StrategicLists.InOrder(rule, merged, order, old ?? []);
            patch.Remove(name);
        }
    }

    private static JsonList? List(JsonMap map, string name) =>
        !map.TryGet(name, out var value) ? null : value as JsonList ?? throw PatchException.BadType("[]interface {}", value);

    private static bool SameKind(object? left, object? right) => (left, right) switch
    {
        (JsonMap, JsonMap) or (JsonList, JsonList) or (string, string) or (bool, bool) => true,
        (long or double, long or double) => true,
        _ => false,
    };

    private static object? WithoutNulls(object? value)
    {
        if (value is not JsonMap map)
            return value;
        foreach (var (name, item) in map.Entries.ToArray())
        {
            if (item is null)
                map.Remove(name);
            else
                WithoutNulls(item);
        }

        return map;
    }
}
