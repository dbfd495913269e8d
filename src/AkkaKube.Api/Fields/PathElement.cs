using System.Globalization;
using System.Text;
using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Fields;

/// <summary>The steps of a path in the text form of FieldsV1.</summary>
internal static class PathElement
{
    /// <summary>A field of a struct, or a key of a map.</summary>
    public static string Field(string name) => "f:" + name;

    /// <summary>An element of a set.</summary>
    public static string Value(object? value) => "v:" + Tree.Text(value);

    /// <summary>An element of a list by its keys; null, and why, where it lacks one that has no default.</summary>
    public static string? Key(Shape list, object? item, out string? error)
    {
        error = null;
        if (item is not JsonMap map)
        {
            error = item is null ? "associative list with keys may not have a null element" : "associative list with keys may not have non-map elements";
            return null;
        }

        var keys = list.SortedKeys;
        var text = new StringBuilder("k:{");
        foreach (var key in keys)
        {
            var value = map[key];
            if (value is null && !map.Has(key))
                value = list.Value.Element!.Struct.Field(key)?.Default;
            if (value is null && !map.Has(key))
            {
                error = $"associative list with keys has an element that omits key field \"{key}\" (and doesn't have default value)";
                return null;
            }

            text.Append(text.Length == 3 ? "\"" : ",\"").Append(key).Append("\":");
            Scalar(text, value);
        }

        return text.Append('}').ToString();
    }

    /// <summary>How messages say an element: <c>.name</c>, <c>[name="main"]</c>, <c>[="a"]</c>.</summary>
    public static string Show(string element)
    {
        var rest = element[2..];
        switch (element[0])
        {
            case 'f': return "." + rest;
            case 'k' when Tree.Parse(Encoding.UTF8.GetBytes(rest)) is JsonMap keys:
                var shown = new List<string>();
                foreach (var (name, value) in keys.Entries)
                    shown.Add($"{name}={Tree.Text(value)}");
                return $"[{string.Join(',', shown)}]";
            case 'v': return $"[={rest}]";
            default: return $"[{rest}]";
        }
    }

    private static void Scalar(StringBuilder text, object? value)
    {
        switch (value)
        {
            case long number: text.Append(CultureInfo.InvariantCulture, $"{number}"); break;
            case string plain when !plain.AsSpan().ContainsAny('"', '\\') && !plain.AsSpan().ContainsAnyInRange('\0', '\x1f'): text.Append('"').Append(plain).Append('"'); break;
            default: text.Append(Tree.Text(value)); break;
        }
    }
}
