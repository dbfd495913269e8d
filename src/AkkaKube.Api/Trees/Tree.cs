using System.Text;
using System.Text.Json;

namespace AkkaKube.Api;

/// <summary>What can be done with any value of a tree.</summary>
public static class Tree
{
    private const int Deepest = 1000;
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary>Reads JSON as it stands; of a field that comes twice the last one counts.</summary>
    /// <exception cref="JsonException">Broken JSON.</exception>
    public static object? Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
        reader.Read();
        var value = Read(ref reader);
        if (reader.Read())
            throw new JsonException("more than one value");
        return value;
    }

    /// <summary>Writes JSON with the fields in their order.</summary>
    public static void Write(object? value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: WriteDouble(number, writer); break;
            case int number: writer.WriteNumberValue(number); break;
            case RawJson raw: writer.WriteRawValue(raw.Utf8.Span, skipInputValidation: true); break;
            case JsonList list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            case JsonMap map:
                writer.WriteStartObject();
                foreach (var (name, item) in map.Entries)
                {
                    writer.WritePropertyName(name);
                    Write(item, writer);
                }

                writer.WriteEndObject();
                break;
            default: throw new InvalidOperationException($"no JSON for {value.GetType()}");
        }
    }

    /// <summary>The JSON in UTF-8.</summary>
    public static byte[] Utf8(object? value) => ApiJson.Utf8(value, Write);

    /// <summary>The JSON as a text.</summary>
    public static string Text(object? value) => Encoding.UTF8.GetString(Utf8(value));

    /// <summary>A copy down to the leaves.</summary>
    public static object? Clone(object? value) => value switch { JsonMap map => map.Clone(), JsonList list => list.Clone(), _ => value };

    /// <summary>Whether two values are the same JSON; the order of fields does not count.</summary>
    public static bool Same(object? left, object? right)
    {
        switch (left, right)
        {
            case (JsonMap a, JsonMap b):
                if (a.Count != b.Count)
                    return false;
                foreach (var (name, value) in a.Entries)
                {
                    if (!b.TryGet(name, out var other) || !Same(value, other))
                        return false;
                }

                return true;
            case (JsonList a, JsonList b):
                if (a.Count != b.Count)
                    return false;
                for (var i = 0; i < a.Count; i++)
                {
                    if (!Same(a[i], b[i]))
                        return false;
                }

                return true;
            case (RawJson a, JsonMap b): return Same(Parse(a.Utf8.Span), b);
            case (JsonMap a, RawJson b): return Same(a, Parse(b.Utf8.Span));
            case (long a, double b): return a == b;
            case (double a, long b): return a == b;
            default: return object.Equals(left, right);
        }
    }

    /// <summary>A boxed truth value, without an allocation.</summary>
    internal static object Box(bool value) => value ? True : False;

    /// <summary>A number as the tree holds it: whole where it can be.</summary>
    internal static object Number(ref Utf8JsonReader reader) => reader.TryGetInt64(out var whole) ? whole : reader.GetDouble();

    /// <summary>Reads the value that the reader stands on.</summary>
    internal static object? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return TextCache.Read(ref reader);
            case JsonTokenType.Number: return Number(ref reader);
            case JsonTokenType.True: return True;
            case JsonTokenType.False: return False;
            case JsonTokenType.StartArray:
                var list = new JsonList();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Add(Read(ref reader));
                return list;
            case JsonTokenType.StartObject:
                var map = new JsonMap();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = TextCache.Read(ref reader);
                    reader.Read();
                    map[name] = Read(ref reader);
                }

                return map;
            default: return null;
        }
    }

    private static void WriteDouble(double number, Utf8JsonWriter writer)
    {
        if (double.IsInteger(number) && Math.Abs(number) < 1e15)
            writer.WriteNumberValue((long)number);
        else
            writer.WriteNumberValue(number);
    }
}
