using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AkkaKube.Network.Cni;

/// <summary>A block of IPv4 addresses, e.g. <c>10.244.3.0/24</c>.</summary>
/// <param name="Base">The first address as a number.</param>
/// <param name="PrefixLength">How many leading bits all addresses of the block share.</param>
public readonly record struct Cidr(uint Base, int PrefixLength)
{
    /// <summary>How many addresses the block has.</summary>
    public long Size => 1L << (32 - PrefixLength);

    /// <summary>Reads the text form; bits behind the prefix are cut off.</summary>
    /// <exception cref="FormatException">The text is no IPv4 block.</exception>
    public static Cidr Parse(string text) =>
        TryParse(text, out var cidr) ? cidr : throw new FormatException($"{text} is no IPv4 CIDR block");

    /// <summary>Reads the text form; false where it is none.</summary>
    public static bool TryParse(string? text, out Cidr cidr)
    {
        cidr = default;
        var slash = text?.IndexOf('/') ?? -1;
        if (slash < 0 || !TryNumber(text![..slash], out var address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > 32)
            return false;
        cidr = new Cidr(length == 0 ? 0 : address & (uint.MaxValue << (32 - length)), length);
        return true;
    }

    /// <summary>The address at <paramref name="index"/> of the block.</summary>
    public string AddressAt(long index) => Text((uint)(Base + index));

    /// <summary>The position of <paramref name="address"/> in the block; null where it lies outside.</summary>
    public long? IndexOf(string address) =>
        TryNumber(address, out var number) && number >= Base && number - Base < Size ? number - Base : null;

    /// <summary>Whether <paramref name="address"/> is of this block.</summary>
    public bool Contains(string address) => IndexOf(address) is not null;

    /// <summary>Whether the two blocks share an address.</summary>
    public bool Overlaps(Cidr other) => Base < other.Base + other.Size && other.Base < Base + Size;

    /// <summary>The <paramref name="index"/>th block with <paramref name="prefixLength"/> inside this one.</summary>
    public Cidr Block(int prefixLength, long index) => new((uint)(Base + (index << (32 - prefixLength))), prefixLength);

    /// <summary>How many blocks with <paramref name="prefixLength"/> fit into this one.</summary>
    public long Blocks(int prefixLength) => prefixLength < PrefixLength ? 0 : 1L << (prefixLength - PrefixLength);

    /// <inheritdoc/>
    public override string ToString() => $"{Text(Base)}/{PrefixLength.ToString(CultureInfo.InvariantCulture)}";

    private static bool TryNumber(string text, out uint number)
    {
        number = 0;
        if (text.Count(c => c == '.') != 3 || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetwork) return false;
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        number = (uint)((bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
        return true;
    }

    private static string Text(uint number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");
}
