using System.Globalization;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Patches;

/// <summary>JSON patch (RFC 6902): a list of operations, carried out in order, all or none.</summary>
public static class JsonPatch
{
    private const int MostOperations = 10_000;

    /// <summary>Applies a patch to a copy of <paramref name="live"/>.</summary>
    public static Patched Apply(ResourceType type, JsonMap live, ReadOnlyMemory<byte> patch, string fieldValidation)
    {
        var parsed = PatchResults.Parse(patch.Span, out var error);
        if (error is null && parsed is not JsonList)
            error = $"json: cannot unmarshal {Word(parsed)} into Go value of type jsonpatch.Patch";
        if (error is not null)
            return PatchResults.Failed(StatusErrors.BadRequest($"error decoding patch: {error}"));
        var operations = (JsonList)parsed!;
        if (operations.Count > MostOperations)
            return PatchResults.Failed(StatusErrors.TooLarge($"The allowed maximum operations in a JSON patch is {MostOperations}, got {operations.Count}"));
        if (operations.Any(operation => operation is not JsonMap))
            return PatchResults.Failed(StatusErrors.BadRequest($"error decoding patch: json: cannot unmarshal {Word(operations.First(operation => operation is not JsonMap))} into Go value of type jsonpatch.Operation"));
        object? document = live.Clone();
        foreach (var operation in operations.Maps)
        {
            if (!TryApply(ref document, operation))
                return PatchResults.Failed(PatchResults.Rejected());
        }

        return document is JsonMap map ? PatchResults.Finish(type, map, fieldValidation) : PatchResults.Failed(PatchResults.Rejected());
    }

    /// <summary>Carries out one operation; false where it cannot be.</summary>
    internal static bool TryApply(ref object? document, JsonMap operation)
    {
        if (operation.Text("path") is not { } path || Steps(path) is not { } steps)
            return false;
        switch (operation.Text("op"))
        {
            case "add": return operation.TryGet("value", out var added) && TryAdd(ref document, steps, Tree.Clone(added));
            case "remove": return TryRemove(document, steps, out _);
            case "replace": return operation.TryGet("value", out var value) && TryReplace(ref document, steps, Tree.Clone(value));
            case "test": return TryTest(document, steps, operation["value"]);
            case "move":
                return operation.Text("from") is { } source && Steps(source) is { } origin && TryRemove(document, origin, out var moved) && TryAdd(ref document, steps, moved);
            case "copy":
                return operation.Text("from") is { } original && Steps(original) is { } place && TryGet(document, place, out var copied) && TryAdd(ref document, steps, Tree.Clone(copied));
            default: return false;
        }
    }

    private static string[]? Steps(string pointer)
    {
        if (pointer.Length == 0)
            return [];
        if (pointer[0] != '/')
            return null;
        var steps = pointer[1..].Split('/');
        for (var i = 0; i < steps.Length; i++)
            steps[i] = steps[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return steps;
    }

    private static bool TryGet(object? document, ReadOnlySpan<string> steps, out object? value)
    {
        value = document;
        foreach (var step in steps)
        {
            switch (value)
            {
                case JsonMap map when map.TryGet(step, out value): break;
                case JsonList list when Index(step, list.Count, out var index) && index < list.Count: value = list[index]; break;
                default: return false;
            }
        }

        return true;
    }

    private static bool TryAdd(ref object? document, ReadOnlySpan<string> steps, object? value)
    {
        if (steps.IsEmpty)
        {
            document = value;
            return true;
        }

        if (!TryGet(document, steps[..^1], out var parent))
            return false;
        switch (parent)
        {
            case JsonMap map:
                map[steps[^1]] = value;
                return true;
            case JsonList list when steps[^1] == "-":
                list.Add(value);
                return true;
            case JsonList list when Index(steps[^1], list.Count + 1, out var index) && index <= list.Count:
                list.Insert(index, value);
                return true;
            default: return false;
        }
    }

    private static bool TryReplace(ref object? document, ReadOnlySpan<string> steps, object? value)
    {
        if (steps.IsEmpty)
        {
            document = value;
            return true;
        }

        if (!TryGet(document, steps, out _) || !TryGet(document, steps[..^1], out var parent))
            return false;
        if (parent is JsonMap map)
            map[steps[^1]] = value;
        else if (parent is JsonList list && Index(steps[^1], list.Count, out var index))
            list[index] = value;
        return true;
    }

    private static bool TryRemove(object? document, ReadOnlySpan<string> steps, out object? removed)
    {
        removed = null;
        if (steps.IsEmpty || !TryGet(document, steps, out removed) || !TryGet(document, steps[..^1], out var parent))
            return false;
        if (parent is JsonMap map)
            map.Remove(steps[^1]);
        else if (parent is JsonList list && Index(steps[^1], list.Count, out var index))
            list.RemoveAt(index);
        return true;
    }

    /// <summary>A test for null holds where there is nothing.</summary>
    private static bool TryTest(object? document, ReadOnlySpan<string> steps, object? expected) =>
        TryGet(document, steps, out var value) ? Tree.Same(value, expected) : expected is null && (steps.Length < 2 || TryGet(document, steps[..^1], out _));

    /// <summary>An index counts from the end where it is negative.</summary>
    private static bool Index(string step, int count, out int index) =>
        int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index) && (index >= 0 || (index += count) >= 0);

    private static string Word(object? value) => value switch { JsonMap => "object", JsonList => "array", string => "string", bool => "bool", null => "null", _ => "number" };
}
