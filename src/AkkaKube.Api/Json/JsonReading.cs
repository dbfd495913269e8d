using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace AkkaKube.Api;

/// <summary>What the generated reading of records is made of. Each method starts on the field name and ends on the value's last token; null reads as absent.</summary>
internal static class JsonReading
{
    /// <summary>Goes to the next field of the object that the reader is in; false at its end.</summary>
    public static bool NextField(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Passes over the value of a field that nobody wants.</summary>
    public static void PassOver(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    public static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : String(ref reader);
    }

    public static string? TextOrNull(ref Utf8JsonReader reader) => Text(ref reader) is { Length: > 0 } text ? text : null;

    public static int? Int32(ref Utf8JsonReader reader) => Next(ref reader) ? reader.GetInt32() : null;

    public static long? Int64(ref Utf8JsonReader reader) => Next(ref reader) ? reader.GetInt64() : null;

    public static double? Double(ref Utf8JsonReader reader) => Next(ref reader) ? reader.GetDouble() : null;

    public static bool? Boolean(ref Utf8JsonReader reader) => Next(ref reader) ? reader.GetBoolean() : null;

    public static DateTimeOffset? Time(ref Utf8JsonReader reader) => Next(ref reader) ? Instant(ref reader) : null;

    public static Quantity? Quantity(ref Utf8JsonReader reader) => Next(ref reader) ? Amount(ref reader) : null;

    public static IntOrString? IntOrString(ref Utf8JsonReader reader)
    {
        if (!Next(ref reader))
            return null;
        return reader.TokenType == JsonTokenType.Number ? Api.IntOrString.FromInt(reader.GetInt32()) : Api.IntOrString.FromString(String(ref reader));
    }

    public static Bytes Bytes(ref Utf8JsonReader reader) => Next(ref reader) ? Api.Bytes.Owned(reader.GetBytesFromBase64()) : default;

    public static RawJson Raw(ref Utf8JsonReader reader)
    {
        if (!Next(ref reader))
            return default;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return new(Tree.Utf8(Tree.Read(ref reader)));
        // The token is a slice of the text that is being read; what follows it up to the end of the value lies behind it.
        ref var first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(reader.ValueSpan);
        var start = reader.TokenStartIndex;
        reader.Skip();
        return new(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref first, (int)(reader.BytesConsumed - start)).ToArray());
    }

    public static T? Record<T>(ref Utf8JsonReader reader)
        where T : class, IApiRecord<T> => Next(ref reader) ? Object<T>(ref reader) : null;

    public static ValueList<T> List<T>(ref Utf8JsonReader reader)
        where T : class, IApiRecord<T> => Items(ref reader, static (ref Utf8JsonReader reader) => Object<T>(ref reader));

    public static ValueList<string> TextList(ref Utf8JsonReader reader) => Items(ref reader, static (ref Utf8JsonReader reader) => String(ref reader));

    public static ValueList<int> Int32List(ref Utf8JsonReader reader) => Items(ref reader, static (ref Utf8JsonReader reader) => reader.GetInt32());

    public static ValueList<long> Int64List(ref Utf8JsonReader reader) => Items(ref reader, static (ref Utf8JsonReader reader) => reader.GetInt64());

    public static ValueMap<T> Map<T>(ref Utf8JsonReader reader)
        where T : class, IApiRecord<T> => Entries(ref reader, static (ref Utf8JsonReader reader) => Object<T>(ref reader));

    public static ValueMap<string> TextMap(ref Utf8JsonReader reader) => Entries(ref reader, static (ref Utf8JsonReader reader) => String(ref reader));

    public static ValueMap<Quantity> QuantityMap(ref Utf8JsonReader reader) => Entries(ref reader, static (ref Utf8JsonReader reader) => Amount(ref reader));

    public static ValueMap<Bytes> BytesMap(ref Utf8JsonReader reader) => Entries(
        ref reader, static (ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? default : Api.Bytes.Owned(reader.GetBytesFromBase64()));

    private delegate T Item<T>(ref Utf8JsonReader reader);

    private static bool Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.Null;
    }

    private static T Object<T>(ref Utf8JsonReader reader)
        where T : class, IApiRecord<T>
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"expected an object for {typeof(T).Name}, found {reader.TokenType}");
        return T.Read(ref reader);
    }

    private static string String(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => TextCache.Read(ref reader),
        JsonTokenType.Null => "",
        _ => throw new JsonException($"expected a text, found {reader.TokenType}"),
    };

    private static Quantity Amount(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return Api.Quantity.Parse(System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
        return Api.Quantity.TryParse(String(ref reader), out var quantity) ? quantity : throw new JsonException("not a quantity");
    }

    private static DateTimeOffset Instant(ref Utf8JsonReader reader)
    {
        // The usual form first: 2006-01-02T15:04:05Z.
        if (reader.ValueSpan.Length == 20 && reader.ValueSpan[19] == 'Z' && Utf8Parser.TryParse(reader.ValueSpan[..19], out DateTime time, out _, 'O'))
            return new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc), TimeSpan.Zero);
        return DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    private static ValueList<T> Items<T>(ref Utf8JsonReader reader, Item<T> item)
    {
        if (!Next(ref reader))
            return default;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"expected a list, found {reader.TokenType}");
        var items = new T[2];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == items.Length)
                Array.Resize(ref items, count * 2);
            items[count++] = item(ref reader);
        }

        if (count != items.Length)
            Array.Resize(ref items, count);
        return new(items);
    }

    private static ValueMap<T> Entries<T>(ref Utf8JsonReader reader, Item<T> item)
    {
        if (!Next(ref reader))
            return default;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"expected a map, found {reader.TokenType}");
        var entries = new KeyValuePair<string, T>[2];
        var count = 0;
        while (NextField(ref reader))
        {
            if (count == entries.Length)
                Array.Resize(ref entries, count * 2);
            var key = TextCache.Read(ref reader);
            reader.Read();
            entries[count++] = new(key, item(ref reader));
        }

        if (count != entries.Length)
            Array.Resize(ref entries, count);
        return ValueMap.Sorted(entries);
    }
}
