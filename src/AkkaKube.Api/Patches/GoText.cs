using System.Globalization;

namespace AkkaKube.Api.Patches;

/// <summary>Values as Go's <c>%v</c> prints them: <c>map[a:1 b:[x y]]</c>.</summary>
internal static class GoText
{
    public static string Of(object? value) => value switch
    {
        null => "<nil>",
        bool flag => flag ? "true" : "false",
        JsonMap map => $"map[{string.Join(' ', Sorted(map).Select(entry => $"{entry.Key}:{Of(entry.Value)}"))}]",
        JsonList list => $"[{string.Join(' ', list.Select(Of))}]",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    private static IEnumerable<KeyValuePair<string, object?>> Sorted(JsonMap map) => map.Entries.ToArray().OrderBy(entry => entry.Key, StringComparer.Ordinal);
}
