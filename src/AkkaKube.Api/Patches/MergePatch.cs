using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Patches;

/// <summary>JSON merge patch (RFC 7386): maps are merged, null removes, all else replaces.</summary>
public static class MergePatch
{
    /// <summary>Applies a patch to a copy of <paramref name="live"/>.</summary>
    public static Patched Apply(ResourceType type, JsonMap live, ReadOnlyMemory<byte> patch, string fieldValidation)
    {
        var parsed = PatchResults.Parse(patch.Span, out var error);
        if (error is not null)
            return PatchResults.Failed(StatusErrors.BadRequest($"error decoding patch: {error}"));
        if (parsed is not JsonMap map)
            return PatchResults.Failed(StatusErrors.BadRequest("error decoding patch: " + NotAMap(parsed)));
        return PatchResults.Finish(type, (JsonMap)Merge(live, map)!, fieldValidation);
    }

    /// <summary>What a patch makes of a value.</summary>
    public static object? Merge(object? target, object? patch)
    {
        if (patch is not JsonMap map)
            return Tree.Clone(patch);
        var merged = target is JsonMap under ? under.Clone() : new JsonMap();
        foreach (var (name, value) in map.Entries)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = Merge(merged[name], value);
        }

        return merged;
    }

    /// <summary>The patch that makes <paramref name="to"/> of <paramref name="from"/>.</summary>
    public static JsonMap Diff(JsonMap from, JsonMap to)
    {
        var patch = new JsonMap();
        foreach (var (name, value) in to.Entries)
        {
            if (!from.TryGet(name, out var old))
                patch[name] = Tree.Clone(value);
            else if (old is JsonMap under && value is JsonMap over)
            {
                if (Diff(under, over) is { Count: > 0 } inner)
                    patch[name] = inner;
            }
            else if (!Tree.Same(old, value))
                patch[name] = Tree.Clone(value);
        }

        foreach (var (name, _) in from.Entries)
        {
            if (!to.Has(name))
                patch[name] = null;
        }

        return patch;
    }

    internal static string NotAMap(object? value) =>
        $"json: cannot unmarshal {value switch { JsonList => "array", string => "string", bool => "bool", null => "null", _ => "number" }} into Go value of type map[string]interface {{}}";
}
