using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace AkkaKube.Controllers.Nodes;

/// <summary>The ranges of pod addresses that nodes can get, and who has which.</summary>
internal sealed class PodCidrs
{
    private readonly int _nodeMask;
    private readonly List<(uint First, uint Count)> _blocks = [];
    private readonly Dictionary<string, string> _byNode = [];
    private readonly HashSet<string> _taken = [];
    private uint _next;

    /// <summary>All ranges are free.</summary>
    /// <param name="clusterRanges">IPv4 ranges in the form <c>10.244.0.0/16</c>, used one after the other.</param>
    /// <param name="nodeMask">The length of a node's prefix.</param>
    public PodCidrs(IEnumerable<string> clusterRanges, int nodeMask)
    {
        _nodeMask = nodeMask;
        foreach (var range in clusterRanges)
        {
            var slash = range.IndexOf('/', StringComparison.Ordinal);
            var address = BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(range[..slash]).GetAddressBytes());
            _blocks.Add((address, 1u << (nodeMask - int.Parse(range[(slash + 1)..], CultureInfo.InvariantCulture))));
        }
    }

    private uint Total => (uint)_blocks.Sum(b => b.Count);

    /// <summary>The range of a node: the one it has, or the first free one; null if none is left.</summary>
    public string? Allocate(string node)
    {
        if (_byNode.TryGetValue(node, out var own)) return own;
        for (var tried = 0u; tried < Total; tried++)
        {
            var range = At(_next++ % Total);
            if (_taken.Contains(range)) continue;
            Occupy(node, range);
            return range;
        }

        return null;
    }

    public void Occupy(string node, string range)
    {
        _byNode[node] = range;
        _taken.Add(range);
    }

    /// <summary>A range that was given back is taken again only when the others have had their turn.</summary>
    public void Release(string node)
    {
        if (_byNode.Remove(node, out var range)) _taken.Remove(range);
    }

    private string At(uint index)
    {
        foreach (var (first, count) in _blocks)
        {
            if (index >= count)
            {
                index -= count;
                continue;
            }

            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, first + (index << (32 - _nodeMask)));
            return string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.{bytes[3]}/{_nodeMask}");
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }
}
