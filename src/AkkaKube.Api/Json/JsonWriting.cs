using System.Globalization;
using System.Text.Json;

namespace AkkaKube.Api;

/// <summary>What the generated writing of records is made of.</summary>
internal static class JsonWriting
{
    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value) => writer.WriteString(name, value);

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int value) => writer.WriteNumber(name, value);

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long value) => writer.WriteNumber(name, value);

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value) => writer.WriteNumber(name, value);

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool value) => writer.WriteBoolean(name, value);

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Quantity value) => writer.WriteString(name, value.ToString());

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IntOrString value)
    {
        if (value.IsString)
            writer.WriteString(name, value.StringValue);
        else
            writer.WriteNumber(name, value.IntValue);
    }

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Bytes value) => writer.WriteBase64String(name, value.Span);

    public static void Value(Utf8JsonWriter writer, ReadOnlySpan<byte> name, RawJson value)
    {
        writer.WritePropertyName(name);
        if (value.IsEmpty)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    /// <summary>Seconds are all that a Time keeps.</summary>
    public static void Time(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        Span<char> text = stackalloc char[32];
        if (time is null)
            writer.WriteNull(name);
        else if (time.Value.UtcDateTime.TryFormat(text, out var count, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            writer.WriteString(name, text[..count]);
    }

    /// <summary>Microseconds are what a MicroTime keeps.</summary>
    public static void MicroTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        Span<char> text = stackalloc char[32];
        if (time is null)
            writer.WriteNull(name);
        else if (time.Value.UtcDateTime.TryFormat(text, out var count, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture))
            writer.WriteString(name, text[..count]);
    }

    public static void Record<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T record)
        where T : class, IApiRecord<T>
    {
        writer.WritePropertyName(name);
        record.Write(writer);
    }

    public static void List<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueList<T> items, bool always)
        where T : class, IApiRecord<T>
    {
        if (!Start(writer, name, items.IsEmpty, always))
            return;
        foreach (var item in items.Span)
            item.Write(writer);
        writer.WriteEndArray();
    }

    public static void List(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueList<string> items, bool always)
    {
        if (!Start(writer, name, items.IsEmpty, always))
            return;
        foreach (var item in items.Span)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }

    public static void List(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueList<int> items, bool always)
    {
        if (!Start(writer, name, items.IsEmpty, always))
            return;
        foreach (var item in items.Span)
            writer.WriteNumberValue(item);
        writer.WriteEndArray();
    }

    public static void List(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueList<long> items, bool always)
    {
        if (!Start(writer, name, items.IsEmpty, always))
            return;
        foreach (var item in items.Span)
            writer.WriteNumberValue(item);
        writer.WriteEndArray();
    }

    public static void Map<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueMap<T> map, bool always)
        where T : class, IApiRecord<T>
    {
        if (!StartMap(writer, name, map.IsEmpty, always))
            return;
        foreach (var (key, value) in map.Span)
        {
            writer.WritePropertyName(key);
            value.Write(writer);
        }

        writer.WriteEndObject();
    }

    public static void Map(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueMap<string> map, bool always)
    {
        if (!StartMap(writer, name, map.IsEmpty, always))
            return;
        foreach (var (key, value) in map.Span)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    public static void Map(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueMap<Quantity> map, bool always)
    {
        if (!StartMap(writer, name, map.IsEmpty, always))
            return;
        foreach (var (key, value) in map.Span)
            writer.WriteString(key, value.ToString());
        writer.WriteEndObject();
    }

    public static void Map(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ValueMap<Bytes> map, bool always)
    {
        if (!StartMap(writer, name, map.IsEmpty, always))
            return;
        foreach (var (key, value) in map.Span)
            writer.WriteBase64String(key, value.Span);
        writer.WriteEndObject();
    }

    private static bool Start(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool isEmpty, bool always)
    {
        if (isEmpty && !always)
            return false;
        if (!isEmpty)
        {
            writer.WriteStartArray(name);
            return true;
        }

        // An empty list that is always there is null, as Go writes a list that nobody made; only the items of a list of objects are [].
        if (!name.SequenceEqual("items"u8))
        {
            writer.WriteNull(name);
            return false;
        }

        writer.WriteStartArray(name);
        writer.WriteEndArray();
        return false;
    }

    private static bool StartMap(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool isEmpty, bool always)
    {
        if (isEmpty && !always)
            return false;
        writer.WriteStartObject(name);
        if (!isEmpty)
            return true;
        writer.WriteEndObject();
        return false;
    }
}
