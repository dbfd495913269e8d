using System.Collections;

namespace AkkaKube.Network.Cni;

/// <summary>
/// The addresses of one node's pods: dealt in turn, so that an address rests as long as possible before it is used again
/// (CNI: host-local). The block's own address, its gateway (the first) and its broadcast address are never dealt.
/// </summary>
public sealed class PodAddresses(Cidr block)
{
    private readonly BitArray _taken = new((int)Math.Min(block.Size, 1 << 16));
    private int _last = 1;

    /// <summary>The block the addresses are of.</summary>
    public Cidr Block => block;

    /// <summary>A free address; null when the block is used up.</summary>
    public string? Take()
    {
        for (var tried = 0; tried < _taken.Count; tried++)
        {
            var index = (_last + 1 + tried) % _taken.Count;
            if (index < 2 || index == _taken.Count - 1 || _taken[index]) continue;
            _taken[index] = true;
            _last = index;
            return block.AddressAt(index);
        }
        return null;
    }

    /// <summary>Takes this very address for a pod that had it before; false where it is not free or not of this node.</summary>
    public bool TryTake(string address)
    {
        if (block.IndexOf(address) is not { } index || index < 2 || index >= _taken.Count - 1 || _taken[(int)index]) return false;
        return _taken[(int)index] = true;
    }

    /// <summary>Takes an address back.</summary>
    public void Release(string address)
    {
        if (block.IndexOf(address) is { } index && index < _taken.Count) _taken[(int)index] = false;
    }
}
