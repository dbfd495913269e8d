using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace AkkaKube.Wire;

/// <summary>The bytes of a message while it is written; knows the names of records and how references are written.</summary>
internal sealed class WireWriter(WireNames names, Func<IActorRef, string> pathOf) : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[512];
    private int _length;

    public WireNames Names => names;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Empties it; a buffer that a large message left is given up.</summary>
    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > 1 << 20) _bytes = new byte[512];
    }

    /// <summary>The key of a field: its type in the lowest bits of the first byte, the hash of its name in the others.</summary>
    public void Key(uint key)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_length), key);
        _length += 4;
    }

    public void End() => Byte((byte)WireType.End);

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Number(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7) _bytes[_length++] = (byte)(value | 0x80);
        _bytes[_length++] = (byte)value;
    }

    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Text(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Number((ulong)count);
        Reserve(count);
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    public void Ref(IActorRef actor) => Text(pathOf(actor));

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsSpan(_length);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(_length + count)));
    }
}
