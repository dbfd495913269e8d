namespace AkkaKube.Api.Patches;

/// <summary>Merges lists as a strategic merge patch says.</summary>
internal static class StrategicLists
{
    private const string Directive = "$patch";

    /// <summary>Merges a patch into a list: by key, or as a set of scalars.</summary>
    public static JsonList Merge(PatchRule rule, JsonList original, JsonList patch)
    {
        if (original.Count == 0 && patch.Count == 0)
            return original;
        JsonList merged;
        if (rule.OfScalars)
            merged = Distinct(original.Concat(patch));
        else
        {
            if (string.IsNullOrEmpty(rule.MergeKey))
                throw new PatchException($"cannot merge lists without merge key for {rule.Inner.Type?.Name}");
            if (Directed(rule, ref original, ref patch))
                return patch;
            merged = Elements(rule, original, patch);
        }

        return InOrder(rule, merged, patch, original);
    }

    /// <summary>The list with the elements that the order names in that order, the others where they stood among them.</summary>
    public static JsonList InOrder(PatchRule rule, JsonList list, JsonList order, JsonList before)
    {
        var key = rule.OfScalars ? null : rule.MergeKey;
        var named = list.Where(item => IndexOf(order, item, key) >= 0).OrderBy(item => IndexOf(order, item, key)).ToList();
        var others = list.Where(item => IndexOf(order, item, key) < 0).OrderBy(item => IndexOf(before, item, key)).ToList();
        var sorted = new JsonList(list.Count);
        for (var (i, j) = (0, 0); i < others.Count || j < named.Count;)
        {
            var takesOther = j == named.Count;
            if (i < others.Count && j < named.Count)
            {
                var (left, right) = (IndexOf(before, others[i], key), IndexOf(before, named[j], key));
                takesOther = left >= 0 && right >= 0 && left < right;
            }

            sorted.Add(takesOther ? others[i++] : named[j++]);
        }

        return sorted;
    }

    /// <summary>The elements of a patch must come in the order that the patch itself asks for.</summary>
    public static void CheckOrder(PatchRule rule, JsonList? patch, JsonList order)
    {
        if (patch is null || patch.Count == 0 || order.Count == 0)
            return;
        var key = rule.OfScalars ? null : rule.MergeKey;
        var items = key is null ? [.. patch] : patch.Where(item => item is not JsonMap map || !map.Has(Directive)).ToList();
        var at = 0;
        foreach (var wanted in order)
        {
            if (at < items.Count && Tree.Same(Identity(items[at], key), Identity(wanted, key)))
                at++;
        }

        if (at < items.Count)
            throw new PatchException($"The order in patch list:\n{GoText.Of(patch)}\n doesn't match $setElementOrder list:\n{GoText.Of(order)}\n");
    }

    /// <summary>A list without the scalars that a patch deletes.</summary>
    public static JsonList WithoutScalars(JsonList original, JsonList deleted)
    {
        var rest = new JsonList();
        rest.AddRange(original.Where(item => !deleted.Any(other => Tree.Same(item, other))));
        return rest;
    }

    /// <summary>A value without the directives in it; false where a directive says that it goes as a whole.</summary>
    public static bool WithoutDirectives(object? value, out object? kept)
    {
        kept = value;
        switch (value)
        {
            case JsonMap map:
                if (map.Has(Directive))
                    return false;
                foreach (var (name, item) in map.Entries.ToArray())
                {
                    if (WithoutDirectives(item, out var inner))
                        map[name] = inner;
                    else
                        map.Remove(name);
                }

                return true;
            case JsonList list:
                var rest = new JsonList(list.Count);
                foreach (var item in list)
                {
                    if (WithoutDirectives(item, out var inner))
                        rest.Add(inner);
                }

                kept = rest;
                return true;
            default: return true;
        }
    }

    /// <summary>Carries out the directives among a patch's elements; true where the patch takes the place of the list.</summary>
    private static bool Directed(PatchRule rule, ref JsonList original, ref JsonList patch)
    {
        var changes = new JsonList(patch.Count);
        var replaces = false;
        foreach (var item in patch)
        {
            if (item is not JsonMap map)
                throw PatchException.BadType("map[string]interface {}", item);
            switch (map[Directive])
            {
                case null: changes.Add(map); break;
                case "delete":
                    if (!map.TryGet(rule.MergeKey!, out var key))
                        throw PatchException.NoMergeKey(map, rule.MergeKey!);
                    var rest = new JsonList(original.Count);
                    rest.AddRange(original.Where(other => !Tree.Same(Identity(other, rule.MergeKey), key)));
                    original = rest;
                    break;
                case "replace": replaces = true; break;
                case "merge": throw new PatchException("merging lists cannot yet be specified in the patch");
                default: throw PatchException.BadDirective(map[Directive], map);
            }
        }

        patch = changes;
        return replaces;
    }

    private static JsonList Elements(PatchRule rule, JsonList original, JsonList patch)
    {
        var merged = new JsonList(original.Count + patch.Count);
        merged.AddRange(original);
        foreach (JsonMap change in patch.Maps)
        {
            if (!change.TryGet(rule.MergeKey!, out var key))
                throw PatchException.NoMergeKey(change, rule.MergeKey!);
            var index = merged.FindIndex(item => Tree.Same(Identity(item, rule.MergeKey), key));
            if (index >= 0)
                merged[index] = StrategicMerge.Maps(rule.Inner, (JsonMap)merged[index]!, change);
            else
                merged.Add(change);
        }

        return merged;
    }

    private static JsonList Distinct(IEnumerable<object?> items)
    {
        var distinct = new JsonList();
        foreach (var item in items)
        {
            if (!distinct.Any(other => Tree.Same(other, item)))
                distinct.Add(item);
        }

        return distinct;
    }

    private static int IndexOf(JsonList list, object? item, string? key)
    {
        var identity = Identity(item, key);
        return list.FindIndex(other => Tree.Same(Identity(other, key), identity));
    }

    private static object? Identity(object? item, string? key)
    {
        if (key is null)
            return item;
        if (item is not JsonMap map)
            throw PatchException.BadType("map[string]interface {}", item);
        return map.TryGet(key, out var value) ? value : throw PatchException.NoMergeKey(map, key);
    }
}
