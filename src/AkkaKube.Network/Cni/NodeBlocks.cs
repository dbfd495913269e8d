namespace AkkaKube.Network.Cni;

/// <summary>
/// Deals the blocks of the cluster's pod network out to nodes, one each (Kubernetes: the range allocator of the node IPAM
/// controller). Blocks that nodes already hold are occupied first, so that a restart never deals one twice.
/// </summary>
public sealed class NodeBlocks(Cidr cluster, int nodePrefixLength, IReadOnlyList<Cidr> reserved)
{
    private readonly Dictionary<string, Cidr> _byNode = [];
    private readonly HashSet<Cidr> _taken = [];
    private long _next;

    /// <summary>The block of <paramref name="node"/>, if it has one.</summary>
    public Cidr? Of(string node) => _byNode.TryGetValue(node, out var block) ? block : null;

    /// <summary>Notes that <paramref name="node"/> holds <paramref name="block"/>, whoever gave it.</summary>
    public void Occupy(string node, Cidr block)
    {
        if (_byNode.TryGetValue(node, out var old) && old != block) _taken.Remove(old);
        _byNode[node] = block;
        _taken.Add(block);
    }

    /// <summary>The block of <paramref name="node"/>, a free one where it has none yet; null when all are dealt.</summary>
    public Cidr? Deal(string node)
    {
        if (Of(node) is { } own) return own;
        var count = cluster.Blocks(nodePrefixLength);
        for (long tried = 0; tried < count; tried++)
        {
            var block = cluster.Block(nodePrefixLength, _next);
            _next = (_next + 1) % count;
            if (_taken.Contains(block) || reserved.Any(r => r.Overlaps(block))) continue;
            Occupy(node, block);
            return block;
        }
        return null;
    }

    /// <summary>Takes the block of a node that is gone back.</summary>
    public void Release(string node)
    {
        if (_byNode.Remove(node, out var block)) _taken.Remove(block);
    }
}
