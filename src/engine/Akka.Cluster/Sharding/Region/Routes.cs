using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Where the shards of other hosts are, as their owners said. A route is open from the owner's word until it takes that back or somebody else has
/// the shard under a later epoch; an epoch that was closed never opens again, in whatever order the news arrives.
/// </summary>
internal sealed class Routes
{
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _closed = new(StringComparer.Ordinal);

    /// <summary>The open routes.</summary>
    public IReadOnlyDictionary<string, Route> All => _routes;

    /// <summary>The region that has a shard.</summary>
    public IActorRef? To(string shard) => _routes.TryGetValue(shard, out var route) ? route.Region : null;

    /// <summary>The last epoch of a shard that is known to be over.</summary>
    public long ClosedEpoch(string shard) => _closed.GetValueOrDefault(shard);

    /// <summary>Opens a route; false when it is old news.</summary>
    public bool Open(string shard, Route route)
    {
        if (route.Epoch <= ClosedEpoch(shard)) return false;
        if (_routes.TryGetValue(shard, out var current) && current.Epoch > route.Epoch) return false;
        _routes[shard] = route;
        return true;
    }

    /// <summary>An epoch is over.</summary>
    public void Close(string shard, long epoch)
    {
        if (epoch > ClosedEpoch(shard)) _closed[shard] = epoch;
        if (_routes.TryGetValue(shard, out var route) && route.Epoch <= epoch) _routes.Remove(shard);
    }

    /// <summary>What the table says of a shard: an open route that is older than that is closed.</summary>
    public void Saw(string shard, int? owner, long epoch)
    {
        if (!_routes.TryGetValue(shard, out var route)) return;
        if (epoch > route.Epoch || (epoch == route.Epoch && owner != route.Uid)) Close(shard, route.Epoch);
    }

    /// <summary>Replaces all routes to a host by what it says it has.</summary>
    public void Replace(int uid, IActorRef region, IEnumerable<RegionProtocol.OwnedShard> shards)
    {
        Forget(uid);
        foreach (var (shard, epoch) in shards) Open(shard, new Route(uid, epoch, region));
    }

    /// <summary>Nothing can be sent to a host any more.</summary>
    public void Forget(int uid)
    {
        foreach (var shard in _routes.Where(r => r.Value.Uid == uid).Select(static r => r.Key).ToList()) _routes.Remove(shard);
    }

    /// <summary>The way to a shard.</summary>
    /// <param name="Uid">The host's incarnation.</param>
    /// <param name="Epoch">Of the lease under which it has the shard.</param>
    /// <param name="Region">Its region.</param>
    public readonly record struct Route(int Uid, long Epoch, IActorRef Region);
}
