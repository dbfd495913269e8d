using Akka.Actor;

namespace AkkaKube.Fabric;

/// <summary>The fabric of another host, as this one knows it.</summary>
internal sealed class Peer(IActorRef reference)
{
    /// <summary>How it is reached.</summary>
    public IActorRef Ref => reference;

    /// <summary>The version of its table that is known here; null before the first one.</summary>
    public long? Version { get; set; }

    /// <summary>The parts of its table that have come; null while none is on its way.</summary>
    public (long Version, List<FabricActor.PeerAddress> Addresses)? Parts { get; set; }

    /// <summary>The addresses it says it has.</summary>
    public HashSet<string> Ips { get; } = [];
}

/// <summary>
/// Which other host has which address. A node may move: then for a while two hosts say that they have its addresses, the new one and one
/// that has died. The one that said so last is believed; when it goes, the one before is again.
/// </summary>
internal sealed class PeerAddresses
{
    private readonly record struct Claim(Peer Peer, string Node);

    private readonly Dictionary<string, Claim[]> _claims = [];

    /// <summary>How many addresses are known.</summary>
    public int Count => _claims.Count;

    /// <summary>Who has an address, and the node it lives on; null where nobody says so.</summary>
    public (Peer Peer, string Node)? Find(string ip) => _claims.TryGetValue(ip, out var claims) ? (claims[^1].Peer, claims[^1].Node) : null;

    /// <summary>The peer has the address.</summary>
    public void Add(Peer peer, string ip, string node)
    {
        if (!_claims.TryGetValue(ip, out var claims)) claims = [];
        var index = Array.FindIndex(claims, c => c.Peer == peer);
        // What it has said before keeps its place: only a new word is the last one.
        if (index >= 0) claims[index] = new Claim(peer, node);
        else _claims[ip] = [.. claims, new Claim(peer, node)];
        peer.Ips.Add(ip);
    }

    /// <summary>The peer has the address no more.</summary>
    public void Remove(Peer peer, string ip)
    {
        if (!peer.Ips.Remove(ip)) return;
        var left = _claims[ip].Where(c => c.Peer != peer).ToArray();
        if (left.Length > 0) _claims[ip] = left;
        else _claims.Remove(ip);
    }

    /// <summary>The peer has these addresses and no others.</summary>
    public void Replace(Peer peer, IReadOnlyList<FabricActor.PeerAddress> addresses)
    {
        foreach (var gone in peer.Ips.Except(addresses.Select(a => a.Ip)).ToList()) Remove(peer, gone);
        foreach (var address in addresses) Add(peer, address.Ip, address.Node);
    }

    /// <summary>The peer is gone with all it had.</summary>
    public void Drop(Peer peer)
    {
        foreach (var ip in peer.Ips.ToList()) Remove(peer, ip);
    }
}
