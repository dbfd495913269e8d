using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkkaKube.Api;

/// <summary>Records of the model to JSON and back.</summary>
public static class ApiJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _spare;

    /// <summary>Reads a record from JSON; unknown fields are passed over.</summary>
    /// <exception cref="JsonException">Broken JSON, or a value of a wrong type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class, IApiRecord<T>
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return T.Read(ref reader);
    }

    /// <summary>Reads an object of whatever kind it says it is.</summary>
    /// <exception cref="JsonException">Broken JSON, or a kind that has no record.</exception>
    public static IApiObject Read(ReadOnlySpan<byte> json) => RecordTypes.Read(json);

    /// <summary>The JSON of an object.</summary>
    public static byte[] Utf8(IApiObject o) => Utf8(o, static (o, writer) => o.Write(writer));

    /// <summary>The JSON of a record.</summary>
    public static byte[] Utf8<T>(T record)
        where T : class, IApiRecord<T> => Utf8(record, static (record, writer) => record.Write(writer));

    /// <summary>The JSON of a record as a text.</summary>
    public static string Text<T>(T record)
        where T : class, IApiRecord<T> => Encoding.UTF8.GetString(Utf8(record));

    /// <summary>What <paramref name="write"/> writes, in an array of its own; the buffer behind it is kept for the next time.</summary>
    public static byte[] Utf8<TState>(TState state, Action<TState, Utf8JsonWriter> write)
    {
        var (buffer, writer) = _spare ?? New();
        _spare = null;
        write(state, writer);
        writer.Flush();
        var json = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= 1 << 20)
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            _spare = (buffer, writer);
        }

        return json;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) New()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
