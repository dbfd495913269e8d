using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace AkkaKube.Wire;

/// <summary>Walks through the bytes of a message.</summary>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes, WireNames names, Func<string, IActorRef> refAt)
{
    private int _at;
    private int _depth;

    public WireNames Names => names;

    /// <summary>A record within the message starts, which has an end of its own.</summary>
    public void Enter() => _depth++;

    /// <summary>The key of the next field; 0 at the end of the record.</summary>
    public uint Key()
    {
        if (_at >= bytes.Length && _depth == 0) return 0;
        if (_at < bytes.Length && bytes.Span[_at] == (byte)WireType.End)
        {
            _at++;
            _depth--;
            return 0;
        }
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    }

    public byte Byte() => Take(1)[0];

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
        throw new WireException("the message is damaged: a number does not end");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public IActorRef Ref() => refAt(Text());

    /// <summary>A count of what follows; never more than there are bytes.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)(bytes.Length - _at) ? (int)count : throw new WireException($"the message is damaged: {count} bytes or elements announced where {bytes.Length - _at} bytes are left");
    }

    /// <summary>Passes over a value that nobody here knows.</summary>
    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.Number: Number(); break;
            case WireType.Fixed: Take(8); break;
            case WireType.Bytes: Bytes(); break;
            case WireType.Record:
                Enter();
                while (Key() is var key and not 0) Skip((WireType)(key & 7));
                break;
            case WireType.List:
                var count = Count();
                var elements = (WireType)Byte();
                for (var i = 0; i < count; i++) Skip(elements);
                break;
            case WireType.Case:
                Bytes();
                Skip((WireType)Byte());
                break;
            default: throw new WireException($"the message is damaged: {type} is no type of a value");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (bytes.Length - _at < count) throw new WireException($"the message is damaged: {count} bytes expected where {bytes.Length - _at} are left");
        _at += count;
        return bytes.Span.Slice(_at - count, count);
    }
}
