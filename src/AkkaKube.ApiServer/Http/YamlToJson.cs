using System.Buffers;
using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AkkaKube.ApiServer.Http;

/// <summary>Makes JSON of a YAML document. Plain scalars are read by the rules of YAML 1.1, as Kubernetes' own tools do.</summary>
internal static class YamlToJson
{
    private const long LargestResult = 16 * 1024 * 1024;

    /// <summary>The JSON of the first document of <paramref name="yaml"/>.</summary>
    /// <exception cref="FormatException">It is not YAML; the message says where.</exception>
    public static ReadOnlyMemory<byte> Convert(ReadOnlyMemory<byte> yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(System.Text.Encoding.UTF8.GetString(yaml.Span)));
        }
        catch (YamlException problem)
        {
            throw new FormatException($"yaml: line {problem.Start.Line}: {(problem.InnerException ?? problem).Message}", problem);
        }
        var buffer = new ArrayBufferWriter<byte>(yaml.Length + 64);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            if (stream.Documents.Count == 0) json.WriteNullValue();
            else Write(json, stream.Documents[0].RootNode, 0);
        }
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, YamlNode node, int depth)
    {
        if (depth > 1000) throw new FormatException("yaml: document is nested too deeply");
        // Aliases make much of little: what would be larger than any body is none.
        if (json.BytesCommitted + json.BytesPending > LargestResult) throw new FormatException("yaml: document contains excessive aliasing");
        switch (node)
        {
            case YamlMappingNode mapping:
                json.WriteStartObject();
                WriteMembers(json, mapping, depth, []);
                json.WriteEndObject();
                break;
            case YamlSequenceNode sequence:
                json.WriteStartArray();
                foreach (var item in sequence) Write(json, item, depth + 1);
                json.WriteEndArray();
                break;
            case YamlScalarNode scalar:
                WriteScalar(json, scalar);
                break;
        }
    }

    /// <summary>The members of a mapping; <c>&lt;&lt;</c> takes over those of another, where it has none of the name itself.</summary>
    private static void WriteMembers(Utf8JsonWriter json, YamlMappingNode mapping, int depth, HashSet<string> written)
    {
        foreach (var (key, value) in mapping.Children)
        {
            if (key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain }) continue;
            if (key is not YamlScalarNode name) throw new FormatException($"yaml: line {key.Start.Line}: a mapping key must be a scalar");
            if (!written.Add(name.Value ?? "")) continue;
            json.WritePropertyName(name.Value ?? "");
            Write(json, value, depth + 1);
        }
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain }) continue;
            foreach (var merged in value is YamlSequenceNode several ? several.Children : [value])
            {
                if (merged is not YamlMappingNode other) throw new FormatException($"yaml: line {value.Start.Line}: map merge requires map or sequence of maps as the value");
                WriteMembers(json, other, depth + 1, written);
            }
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str") { json.WriteStringValue(text); return; }
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": json.WriteNullValue(); return;
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y": json.WriteBooleanValue(true); return;
            case "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N": json.WriteBooleanValue(false); return;
        }
        if (Integer(text) is { } integer) json.WriteNumberValue(integer);
        else if (Float(text) is { } real) json.WriteNumberValue(real);
        else json.WriteStringValue(text);
    }

    private static long? Integer(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (digits.Length == 0 || !(char.IsAsciiDigit(digits[^1]) || char.IsAsciiHexDigit(digits[^1]))) return null;
        var negative = digits[0] == '-';
        var unsigned = digits[0] is '-' or '+' ? digits[1..] : digits;
        if (unsigned.Length == 0 || !char.IsAsciiDigit(unsigned[0])) return null;
        long? value = null;
        if (unsigned.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) value = Based(unsigned[2..], 16);
        else if (unsigned.StartsWith("0b", StringComparison.OrdinalIgnoreCase)) value = Based(unsigned[2..], 2);
        else if (unsigned.StartsWith("0o", StringComparison.OrdinalIgnoreCase)) value = Based(unsigned[2..], 8);
        else if (unsigned.Length > 1 && unsigned[0] == '0') value = Based(unsigned[1..], 8);
        else if (long.TryParse(unsigned, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)) value = parsed;
        return negative ? -value : value;
    }

    private static long? Based(string digits, int radix)
    {
        var value = 0L;
        if (digits.Length is 0 or > 62) return null;
        foreach (var digit in digits)
        {
            var number = char.IsAsciiHexDigit(digit) ? System.Convert.ToInt32(digit.ToString(), 16) : radix;
            if (number >= radix) return null;
            value = value * radix + number;
        }
        return value;
    }

    private static double? Float(string text)
    {
        if (!(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') || !text.Any(char.IsAsciiDigit)) return null;
        return double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }
}
