using System.Buffers.Binary;
using System.Net;

namespace AkkaKube.ApiServer.Services;

/// <summary>The cluster addresses of Services: which are taken, and by whom. Addresses picked by the server come from the upper part of the range first, so that the lower stays free for those who choose (Kubernetes: ipallocator).</summary>
internal sealed class AddressPool
{
    private readonly uint _first;
    private readonly uint _size;
    private readonly Dictionary<uint, string> _owners = [];

    /// <summary>The pool of a range in CIDR form.</summary>
    public AddressPool(string cidr)
    {
        var network = IPNetwork.Parse(cidr);
        _first = Number(network.BaseAddress) + 1;
        // Neither the network address nor the broadcast address.
        _size = (1u << (32 - network.PrefixLength)) - 2;
        Range = cidr;
    }

    public string Range { get; }

    public bool Contains(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && Number(address) - _first < _size;

    /// <summary>Takes an address; false where another has it.</summary>
    public bool Take(IPAddress address, string owner)
    {
        var number = Number(address);
        return _owners.TryGetValue(number, out var holder) ? holder == owner : _owners.TryAdd(number, owner);
    }

    /// <summary>Takes any free address; null where there is none.</summary>
    public IPAddress? TakeAny(string owner, Random random)
    {
        var reserved = Math.Min(Math.Max(16u, _size / 16), 256u);
        if (_size <= reserved) reserved = 0;
        var number = Free(reserved, _size, random) ?? Free(0, reserved, random);
        if (number is not { } found) return null;
        _owners.Add(found, owner);
        return Address(found);
    }

    public void Release(IPAddress address, string owner)
    {
        if (_owners.TryGetValue(Number(address), out var holder) && holder == owner) _owners.Remove(Number(address));
    }

    /// <summary>A free address between two offsets, looked for from a random one on.</summary>
    private uint? Free(uint from, uint to, Random random)
    {
        var count = to - from;
        if (count == 0) return null;
        var start = (uint)random.NextInt64(count);
        for (var i = 0u; i < count; i++)
        {
            var number = _first + from + (start + i) % count;
            if (!_owners.ContainsKey(number)) return number;
        }
        return null;
    }

    private static uint Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
    }

    private static IPAddress Address(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
