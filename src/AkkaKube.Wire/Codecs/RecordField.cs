using System.Reflection;

namespace AkkaKube.Wire.Codecs;

/// <summary>A field of a record: its key, and when it is left out.</summary>
internal abstract class RecordField(string name, WireType type)
{
    /// <summary>Of the record's property.</summary>
    public string Name { get; } = name;

    /// <summary>29 bits of a hash of the name and three of the type: a field that has become another type is another field.</summary>
    public uint Key { get; } = KeyOf(name, type);

    public static uint KeyOf(string name, WireType type)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619;
        return ((hash ^ (hash >> 29)) << 3) | (uint)type;
    }
}

/// <inheritdoc/>
/// <param name="name">Of the property.</param>
/// <param name="codec">Of its type.</param>
/// <param name="isNeverNull">The property cannot be null, so nothing is as good as empty.</param>
/// <param name="leavesOut">A record that is made without the field has nothing, or what is empty, in it.</param>
internal sealed class RecordField<T>(string name, Codec<T> codec, bool isNeverNull, bool leavesOut) : RecordField(name, codec.WireType)
{
    /// <summary>Where a field was not written: what its record has then.</summary>
    public T? Missing { get; } = isNeverNull ? codec.Empty : default;

    public void Write(WireWriter writer, T value)
    {
        if (value is null) return;
        if (leavesOut && (isNeverNull || default(T) is not null) && codec.IsEmpty(value)) return;
        writer.Key(Key);
        codec.Write(writer, value);
    }

    public T Read(WireReader reader) => codec.Read(reader);
}

/// <summary>A property of a record that is written: it is given to the constructor, or set when the record is made.</summary>
internal sealed record Member(MemberInfo Info, Type Type, ParameterInfo? Parameter, bool IsNeverNull)
{
    public string Name => Info.Name;
}
