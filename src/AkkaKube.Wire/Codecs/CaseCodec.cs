namespace AkkaKube.Wire.Codecs;

/// <summary>
/// A field that may hold one of several things: a tag (a primitive, a text, or a declared record), or a case of a union whose cases are declared.
/// </summary>
internal sealed class CaseCodec<T> : Codec<T>
    where T : class
{
    public override WireType WireType => WireType.Case;

    public override void Write(WireWriter writer, T value)
    {
        if (Primitives.Of(value) is { } primitive)
        {
            primitive.Write(writer, value);
            return;
        }
        var (name, codec) = writer.Names.Find(value.GetType())
            ?? throw new WireException($"a {value.GetType()} cannot leave this process: it is neither a primitive nor a text nor declared in a {nameof(WireManifest)}; give a number or a text instead and keep what it stands for here");
        writer.Text(name);
        writer.Byte((byte)WireType.Record);
        codec.WriteFields(writer, value);
        writer.End();
    }

    public override T Read(WireReader reader)
    {
        var name = reader.Text();
        var type = (WireType)reader.Byte();
        if (Primitives.Named(name) is { } primitive) return (T)primitive.Read(reader);
        if (type == WireType.Record && reader.Names.Find(name) is { } codec)
        {
            reader.Enter();
            var read = codec.ReadFields(reader);
            return read as T ?? throw new WireException($"'{name}' is a {read.GetType()} here and not a {typeof(T)}");
        }
        throw new WireException($"nothing here is named '{name}': the sender is newer, or declares something that is not declared here");
    }
}

/// <summary>The primitives that a field of no certain type may hold, by the names of their types.</summary>
internal static class Primitives
{
    private static readonly Dictionary<Type, Primitive> ByType = new Primitive[]
    {
        new("s", typeof(string), WireType.Bytes, (w, v) => w.Text((string)v), r => r.Text()),
        new("i", typeof(int), WireType.Number, (w, v) => w.Signed((int)v), r => (int)r.Signed()),
        new("l", typeof(long), WireType.Number, (w, v) => w.Signed((long)v), r => r.Signed()),
        new("b", typeof(bool), WireType.Number, (w, v) => w.Number((bool)v ? 1UL : 0), r => r.Number() != 0),
        new("d", typeof(double), WireType.Fixed, (w, v) => w.Fixed(BitConverter.DoubleToInt64Bits((double)v)), r => BitConverter.Int64BitsToDouble(r.Fixed())),
        new("g", typeof(Guid), WireType.Bytes, (w, v) => w.Bytes(((Guid)v).ToByteArray()), r => new Guid(r.Bytes())),
    }.ToDictionary(primitive => primitive.Type);

    private static readonly Dictionary<string, Primitive> ByName = ByType.Values.ToDictionary(primitive => primitive.Name, StringComparer.Ordinal);

    public sealed record Primitive(string Name, Type Type, WireType WireType, Action<WireWriter, object> WriteValue, Func<WireReader, object> Read)
    {
        public void Write(WireWriter writer, object value)
        {
            writer.Text(Name);
            writer.Byte((byte)WireType);
            WriteValue(writer, value);
        }
    }

    public static Primitive? Of(object value) => ByType.GetValueOrDefault(value.GetType());

    public static Primitive? Named(string name) => ByName.GetValueOrDefault(name);
}
