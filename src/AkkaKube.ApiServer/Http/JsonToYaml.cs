using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AkkaKube.ApiServer.Http;

/// <summary>Writes a JSON document as YAML, block style, two blanks a level, members sorted by name as Kubernetes does.</summary>
internal static class JsonToYaml
{
    public static byte[] Convert(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder(json.Length * 2);
        Write(text, document.RootElement, 0, false);
        return System.Text.Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonElement element, int indent, bool inline)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                var first = inline;
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    if (!first) text.Append(' ', indent);
                    first = false;
                    text.Append(IsPlain(member.Name) ? member.Name : JsonSerializer.Serialize(member.Name, Quoted)).Append(':');
                    WriteBelow(text, member.Value, indent);
                }
                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(' ', indent).Append("- ");
                    if (IsBlock(item) && item.ValueKind == JsonValueKind.Array) { text.Append('\n'); Write(text, item, indent + 2, false); }
                    else Write(text, item, indent + 2, true);
                }
                break;
            default:
                text.Append(element.ValueKind switch
                {
                    JsonValueKind.Object => "{}",
                    JsonValueKind.Array => "[]",
                    JsonValueKind.String => Scalar(element.GetString()!, indent),
                    _ => element.GetRawText(),
                }).Append('\n');
                break;
        }
    }

    private static void WriteBelow(StringBuilder text, JsonElement value, int indent)
    {
        if (!IsBlock(value)) { text.Append(' '); Write(text, value, indent, true); }
        else { text.Append('\n'); Write(text, value, value.ValueKind == JsonValueKind.Array ? indent : indent + 2, false); }
    }

    private static bool IsBlock(JsonElement element) =>
        (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any()) || (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0);

    /// <summary>Plain where a reader gets the same string back; a block where there are lines; quoted else.</summary>
    private static string Scalar(string value, int indent)
    {
        if (IsPlain(value)) return value;
        if (value.Contains('\n', StringComparison.Ordinal) && value.TrimEnd('\n').Split('\n').All(line => line.All(c => c >= ' ')) && !value.StartsWith(' ') && !value.StartsWith('\n'))
        {
            var blank = new string(' ', indent + 2);
            var body = string.Join('\n', value.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "" : blank + line));
            var chomp = value.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : value.EndsWith('\n') ? "" : "-";
            return $"|{chomp}\n{body}" + new string('\n', Math.Max(0, value.Length - value.TrimEnd('\n').Length - 1));
        }
        return JsonSerializer.Serialize(value, Quoted);
    }

    private static readonly JsonSerializerOptions Quoted = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool IsPlain(string value)
    {
        if (value.Length == 0 || value != value.Trim() || value.Any(c => c < ' ') || value.Contains(": ", StringComparison.Ordinal) || value.Contains(" #", StringComparison.Ordinal) || value.EndsWith(':')) return false;
        if ("-?:,[]{}#&*!|>'\"%@`=<~".Contains(value[0], StringComparison.Ordinal) || char.IsAsciiDigit(value[0]) || value[0] is '+' or '.') return char.IsAsciiLetter(value[0]);
        return value.ToUpperInvariant() is not ("NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N") &&
            !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
