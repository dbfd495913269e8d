namespace AkkaKube.Fabric;

/// <summary>Chooses an endpoint, and remembers who was sent where for the Services that ask for it (session affinity ClientIP).</summary>
internal sealed class Affinity
{
    private readonly record struct Key(string Node, string SourceIp, SocketAddress Target);

    private readonly Dictionary<Key, (SocketAddress Endpoint, DateTimeOffset Until)> _chosen = [];

    public SocketAddress Choose(Route.Balance balance, string node, string sourceIp, SocketAddress target, DateTimeOffset now, Random random)
    {
        if (balance.Affinity is not { } time) return balance.Endpoints[random.Next(balance.Endpoints.Count)];
        var key = new Key(node, sourceIp, target);
        var endpoint = _chosen.TryGetValue(key, out var known) && now < known.Until && balance.Endpoints.Contains(known.Endpoint)
            ? known.Endpoint
            : balance.Endpoints[random.Next(balance.Endpoints.Count)];
        _chosen[key] = (endpoint, now + time);
        return endpoint;
    }
}
