using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace AkkaKube.Persistence;

/// <summary>Tells whether a row still is what was written: CRC-32C of where it stands, its manifest and its bytes.</summary>
internal static class Checksum
{
    public static long Of(long position, string manifest, ReadOnlySpan<byte> bytes)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)position);
        Span<byte> name = stackalloc byte[256];
        crc = Encoding.UTF8.TryGetBytes(manifest, name, out var length) ? Add(crc, name[..length]) : Add(crc, Encoding.UTF8.GetBytes(manifest));
        return ~Add(crc, bytes);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
