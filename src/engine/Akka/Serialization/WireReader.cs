using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;

namespace Akka.Serialization;

/// <summary>Reads what <see cref="WireBuffer"/> wrote; bytes that end too early are an error, never a guess.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>All that was not read yet.</summary>
    public ReadOnlySpan<byte> Rest()
    {
        var rest = _rest;
        _rest = default;
        return rest;
    }

    public byte ReadByte() => Take(1)[0];

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length) throw new SerializationException($"The bytes end too early: {count} wanted, {_rest.Length} left");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public ulong ReadNumber()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new SerializationException("A number has more than ten bytes");
    }

    public int ReadCount()
    {
        var count = ReadNumber();
        return count <= int.MaxValue ? (int)count : throw new SerializationException($"A count of {count} is too large");
    }

    public long ReadSigned()
    {
        var value = ReadNumber();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int ReadFixed32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));
    public long ReadFixed64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));
    public string ReadText() => Encoding.UTF8.GetString(Take(ReadCount()));
}
