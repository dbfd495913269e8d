namespace AkkaKube.Wire.Codecs;

/// <summary>Writes and reads the values of one type.</summary>
internal abstract class Codec
{
    public abstract WireType WireType { get; }
}

/// <inheritdoc/>
internal abstract class Codec<T> : Codec
{
    public abstract void Write(WireWriter writer, T value);

    public abstract T Read(WireReader reader);

    /// <summary>What a field that cannot be null holds when nothing was written: no text, no elements.</summary>
    public virtual T? Empty => default;

    /// <summary>Whether a value is <see cref="Empty"/>.</summary>
    public virtual bool IsEmpty(T value) => value is null || EqualityComparer<T>.Default.Equals(value, default);
}

/// <summary>A codec of two functions.</summary>
internal sealed class SimpleCodec<T>(WireType type, Action<WireWriter, T> write, Func<WireReader, T> read) : Codec<T>
{
    public override WireType WireType => type;

    public override void Write(WireWriter writer, T value) => write(writer, value);

    public override T Read(WireReader reader) => read(reader);
}

/// <summary>Texts; where none may be null, nothing is the empty one.</summary>
internal sealed class TextCodec : Codec<string>
{
    public override WireType WireType => WireType.Bytes;

    public override string Empty => "";

    public override bool IsEmpty(string value) => value.Length == 0;

    public override void Write(WireWriter writer, string value) => writer.Text(value);

    public override string Read(WireReader reader) => reader.Text();
}

/// <summary>What may be absent: absent is not written at all, so there is only the value to write.</summary>
internal sealed class NullableCodec<T>(Codec<T> inner) : Codec<T?>
    where T : struct
{
    public override WireType WireType => inner.WireType;

    public override bool IsEmpty(T? value) => value is null;

    public override void Write(WireWriter writer, T? value) => inner.Write(writer, value!.Value);

    public override T? Read(WireReader reader) => inner.Read(reader);
}

/// <summary>The values of an enum by their names, so that their order may change.</summary>
internal sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().Distinct().ToDictionary(value => value, value => value.ToString());
    private static readonly Dictionary<string, T> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public override WireType WireType => WireType.Bytes;

    public override void Write(WireWriter writer, T value) => writer.Text(Names.TryGetValue(value, out var name) ? name : value.ToString());

    public override T Read(WireReader reader)
    {
        var name = reader.Text();
        if (Values.TryGetValue(name, out var value) || Enum.TryParse(name, out value)) return value;
        throw new WireException($"{typeof(T).Name} has no value '{name}' here: the sender is newer");
    }
}

/// <summary>A record within a record.</summary>
internal sealed class NestedCodec<T> : Codec<T>
{
    private readonly RecordCodec<T> _record = (RecordCodec<T>)RecordCodec.Of(typeof(T));

    public override WireType WireType => WireType.Record;

    public override void Write(WireWriter writer, T value)
    {
        _record.Write(writer, value);
        writer.End();
    }

    public override T Read(WireReader reader)
    {
        reader.Enter();
        return _record.Read(reader);
    }
}
