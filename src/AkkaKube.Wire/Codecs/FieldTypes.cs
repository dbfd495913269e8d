using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using AkkaKube.Api;

namespace AkkaKube.Wire.Codecs;

/// <summary>Which types a field may have, and how each is written.</summary>
internal static class FieldTypes
{
    private static readonly ConcurrentDictionary<Type, Codec> Known = new(Simple().ToDictionary(codec => codec.GetType().BaseType!.GenericTypeArguments[0]));

    /// <summary>The codec of a type.</summary>
    /// <exception cref="WireException">Values of the type cannot be written.</exception>
    public static Codec Of(Type type) => Known.GetOrAdd(type, Make);

    private static IEnumerable<Codec> Simple() =>
    [
        new TextCodec(),
        new SimpleCodec<bool>(WireType.Number, (w, v) => w.Number(v ? 1UL : 0), r => r.Number() != 0),
        new SimpleCodec<byte>(WireType.Number, (w, v) => w.Number(v), r => (byte)r.Number()),
        new SimpleCodec<short>(WireType.Number, (w, v) => w.Signed(v), r => (short)r.Signed()),
        new SimpleCodec<ushort>(WireType.Number, (w, v) => w.Number(v), r => (ushort)r.Number()),
        new SimpleCodec<int>(WireType.Number, (w, v) => w.Signed(v), r => (int)r.Signed()),
        new SimpleCodec<uint>(WireType.Number, (w, v) => w.Number(v), r => (uint)r.Number()),
        new SimpleCodec<long>(WireType.Number, (w, v) => w.Signed(v), r => r.Signed()),
        new SimpleCodec<ulong>(WireType.Number, (w, v) => w.Number(v), r => r.Number()),
        new SimpleCodec<char>(WireType.Number, (w, v) => w.Number(v), r => (char)r.Number()),
        new SimpleCodec<double>(WireType.Fixed, (w, v) => w.Fixed(BitConverter.DoubleToInt64Bits(v)), r => BitConverter.Int64BitsToDouble(r.Fixed())),
        new SimpleCodec<float>(WireType.Fixed, (w, v) => w.Fixed(BitConverter.DoubleToInt64Bits(v)), r => (float)BitConverter.Int64BitsToDouble(r.Fixed())),
        new SimpleCodec<Guid>(WireType.Bytes, (w, v) => w.Bytes(v.ToByteArray()), r => new Guid(r.Bytes())),
        new SimpleCodec<TimeSpan>(WireType.Number, (w, v) => w.Signed(v.Ticks), r => new TimeSpan(r.Signed())),
        new SimpleCodec<DateTimeOffset>(WireType.Bytes, WriteMoment, ReadMoment),
        new SimpleCodec<byte[]>(WireType.Bytes, (w, v) => w.Bytes(v), r => r.Bytes().ToArray()),
        new BytesCodec(),
        new SimpleCodec<Bytes>(WireType.Bytes, (w, v) => w.Bytes(v.Span), r => new Bytes(r.Bytes())),
        new SimpleCodec<Quantity>(WireType.Bytes, (w, v) => w.Text(v.ToString()), r => Quantity.Parse(r.Text())),
        new SimpleCodec<IActorRef>(WireType.Bytes, (w, v) => w.Ref(v), r => r.Ref()),
        new SimpleCodec<ApiObject>(WireType.Record, WriteObject, ReadObject),
        new SimpleCodec<ObjectBody>(WireType.Record, WriteBody, ReadBody),
        new SimpleCodec<IApiObject>(WireType.Bytes, (w, v) => w.Bytes(ApiJson.Utf8(v)), r => ApiJson.Read(r.Bytes())),
        new CaseCodec<object>(),
    ];

    private static Codec Make(Type type)
    {
        if (type.IsEnum) return Generic(typeof(EnumCodec<>), [type]);
        if (Nullable.GetUnderlyingType(type) is { } inner) return Generic(typeof(NullableCodec<>), [inner], Of(inner));
        if (type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IApiRecord<>))) return Generic(typeof(ModelCodec<>), [type]);
        if (Collections.Of(type) is { } collection) return collection;
        if (type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(Exception)) || type == typeof(Type)) throw new WireException($"a {type} cannot leave its process");
        if (type is { IsClass: true, IsAbstract: true } or { IsInterface: true }) return Generic(typeof(CaseCodec<>), [type]);
        return Generic(typeof(NestedCodec<>), [type]);
    }

    public static Codec Generic(Type definition, Type[] arguments, params object[] parameters) => (Codec)Activator.CreateInstance(definition.MakeGenericType(arguments), parameters)!;

    private static void WriteMoment(WireWriter writer, DateTimeOffset value)
    {
        Span<byte> bytes = stackalloc byte[10];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes, value.UtcTicks);
        System.Buffers.Binary.BinaryPrimitives.WriteInt16LittleEndian(bytes[8..], (short)value.TotalOffsetMinutes);
        writer.Bytes(bytes);
    }

    private static DateTimeOffset ReadMoment(WireReader reader)
    {
        var bytes = reader.Bytes();
        if (bytes.Length != 10) throw new WireException($"the message is damaged: a moment of {bytes.Length} bytes");
        var utc = new DateTimeOffset(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(bytes), TimeSpan.Zero);
        return utc.ToOffset(TimeSpan.FromMinutes(System.Buffers.Binary.BinaryPrimitives.ReadInt16LittleEndian(bytes[8..])));
    }

    /// <summary>Key and revision go along, so that nobody has to look into the JSON for them.</summary>
    private sealed record Stored(ReadOnlyMemory<byte> Json, string? Namespace, string Name, long Revision);

    private static readonly Lazy<NestedCodec<Stored>> StoredCodec = new(() => new NestedCodec<Stored>());

    private static void WriteObject(WireWriter writer, ApiObject value) =>
        StoredCodec.Value.Write(writer, new Stored(value.Json, value.Key.Namespace, value.Key.Name, value.ResourceVersion));

    private static ApiObject ReadObject(WireReader reader)
    {
        var stored = StoredCodec.Value.Read(reader);
        return new ApiObject(stored.Json, new ObjectKey(stored.Namespace, stored.Name), stored.Revision);
    }

    /// <summary>A record is trusted to be well formed where JSON that a client sent is checked: which of the two it was goes along.</summary>
    private sealed record Sent(ReadOnlyMemory<byte> Json, bool IsRecord);

    private static readonly Lazy<NestedCodec<Sent>> SentCodec = new(() => new NestedCodec<Sent>());

    private static void WriteBody(WireWriter writer, ObjectBody value) => SentCodec.Value.Write(writer, new Sent(value.Utf8, value.Object is not null));

    private static ObjectBody ReadBody(WireReader reader)
    {
        var sent = SentCodec.Value.Read(reader);
        return sent.IsRecord ? ObjectBody.Of(ApiJson.Read(sent.Json.Span)) : ObjectBody.Json(sent.Json);
    }
}

/// <summary>Bytes that outlive the message they came in.</summary>
internal sealed class BytesCodec : Codec<ReadOnlyMemory<byte>>
{
    public override WireType WireType => WireType.Bytes;

    public override bool IsEmpty(ReadOnlyMemory<byte> value) => value.IsEmpty;

    public override void Write(WireWriter writer, ReadOnlyMemory<byte> value) => writer.Bytes(value.Span);

    public override ReadOnlyMemory<byte> Read(WireReader reader) => reader.Bytes().ToArray();
}

/// <summary>A record of the model, as its JSON.</summary>
internal sealed class ModelCodec<T> : Codec<T>
    where T : class, IApiRecord<T>
{
    public override WireType WireType => WireType.Bytes;

    public override void Write(WireWriter writer, T value) => writer.Bytes(ApiJson.Utf8(value));

    public override T Read(WireReader reader) => ApiJson.Read<T>(reader.Bytes());
}
