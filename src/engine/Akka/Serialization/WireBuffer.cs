using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Akka.Serialization;

/// <summary>Bytes that grow. Numbers are written as in protobuf: seven bits a byte, the lowest first.</summary>
internal sealed class WireBuffer(int capacity = 256) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written after a position.</summary>
    public void CutTo(int length) => Length = length;

    /// <summary>Empties the buffer; one that has grown beyond <paramref name="keep"/> bytes becomes small again.</summary>
    public void Reset(int keep)
    {
        Length = 0;
        if (_bytes.Length <= keep) return;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = ArrayPool<byte>.Shared.Rent(256);
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - Length >= count) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, checked(Length + count)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    public void WriteByte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void WriteNumber(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    /// <summary>A number that may be negative: the sign stands in the lowest bit.</summary>
    public void WriteSigned(long value) => WriteNumber((ulong)((value << 1) ^ (value >> 63)));

    public void WriteFixed32(int value)
    {
        Reserve(4);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(Length), value);
        Length += 4;
    }

    public void WriteFixed64(long value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>Puts a number where four bytes were left free before.</summary>
    public void PatchFixed32(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(position), value);

    public void PatchByte(int position, byte value) => _bytes[position] = value;

    /// <summary>A text with its length in bytes before it.</summary>
    public void WriteText(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        WriteNumber((ulong)count);
        WriteUtf8(text, count);
    }

    /// <summary>A text alone.</summary>
    public void WriteUtf8(string text) => WriteUtf8(text, Encoding.UTF8.GetByteCount(text));

    private void WriteUtf8(string text, int count)
    {
        Reserve(count);
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
        Length += count;
    }

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        Length = 0;
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }
}
