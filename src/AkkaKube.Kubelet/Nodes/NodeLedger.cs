using AkkaKube.Api.Core.V1;
using AkkaKube.Network;
using AkkaKube.Network.Cni;

namespace AkkaKube.Kubelet.Nodes;

/// <summary>Which node has which address and which pod network, and what is still free. What nodes hold already is noted first.</summary>
internal sealed class NodeLedger(NetworkSettings network)
{
    // A cluster network may be wide enough to contain the others; pods stay out of them.
    private readonly NodeBlocks _blocks = new(network.PodCidr, network.NodePrefixLength, [network.ServiceCidr, network.NodeCidr]);
    private readonly Dictionary<string, string> _addresses = [];
    private readonly HashSet<string> _taken = [];

    // The first addresses of the nodes' network are the gateway's and the API server's.
    private long _nextAddress = 2;

    /// <summary>Notes what the node's object says it has. An address belongs to the node that says so first.</summary>
    public void Note(Node node)
    {
        var name = node.Metadata.Name ?? "";
        if (Cidr.TryParse(node.Spec.PodCIDR, out var block)) _blocks.Occupy(name, block);
        if (NodeIdentities.IpOf(node) is not { } ip || _addresses.GetValueOrDefault(name) == ip || !_taken.Add(ip)) return;
        if (_addresses.Remove(name, out var former)) _taken.Remove(former);
        _addresses[name] = ip;
    }

    /// <summary>The node's address, a free one where it has none.</summary>
    public string Address(string name)
    {
        if (_addresses.TryGetValue(name, out var own)) return own;
        string address;
        do address = network.NodeCidr.AddressAt(_nextAddress++);
        while (!_taken.Add(address));
        return _addresses[name] = address;
    }

    /// <summary>Address and pod network of the node, free ones where it has none; null when all networks are dealt out.</summary>
    public NodeIdentity? Deal(string name) => _blocks.Deal(name) is { } block ? new NodeIdentity(name, Address(name), block.ToString()) : null;

    /// <summary>The node is gone.</summary>
    public void Forget(string name)
    {
        _blocks.Release(name);
        if (_addresses.Remove(name, out var address)) _taken.Remove(address);
    }
}
