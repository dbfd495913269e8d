using Akka.Actor;
using Akka.Cluster.Sharding;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Sharding;

/// <summary>A command that asks the regions of some types of entities for what they have on all hosts.</summary>
internal abstract class RegionQuestion : CommandActor
{
    private readonly SortedDictionary<string, ClusterShardingStats> _stats = new(StringComparer.Ordinal);

    protected RegionQuestion(Invocation call, IReadOnlyList<string> types)
        : base(call)
    {
        var hosts = call.Services.Hosts;
        Receive<Asked>(asked =>
        {
            _stats[asked.Type] = asked.Stats;
            if (_stats.Count == types.Count) End(Answer());
        });
        Receive<NotAsked>(failed => Fail($"the region of {failed.Type} did not answer", FailureCode.Timeout));
        if (!hosts.IsCluster)
        {
            End(new Document.Text(SingleHost.Alone));
            return;
        }

        if (types.Count == 0) End(new Document.Text("this host has no regions"));
        foreach (var type in types)
        {
            if (hosts.RegionOf(Context.System, type) is not { } region)
            {
                Fail($"there is no region of {type}; there are {string.Join(", ", hosts.EntityTypes(Context.System))}", FailureCode.NotFound);
                return;
            }

            region.Ask<ClusterShardingStats>(new GetClusterShardingStats(Patience), Patience * 2).PipeTo(Self, Self, stats => new Asked(type, stats), _ => new NotAsked(type));
        }
    }

    /// <summary>Host, type, shard and number of entities, in this order.</summary>
    protected IEnumerable<(string Host, string Type, string Shard, int Entities)> Shards()
    {
        var hosts = Call.Services.Hosts.All(Context.System);
        var self = hosts.FirstOrDefault(h => h.IsSelf)?.Name ?? Call.Services.Hosts.Self;
        return from stats in _stats
               from region in stats.Value.Regions
               from shard in region.Value.Stats
               let host = hosts.FirstOrDefault(h => h.Address.Equals(region.Key))?.Name ?? (region.Key.HasGlobalScope ? region.Key.ToString() : self)
               orderby host, stats.Key, shard.Key
               select (host, stats.Key, shard.Key, shard.Value);
    }

    protected abstract Document Answer();

    private sealed record Asked(string Type, ClusterShardingStats Stats);

    private sealed record NotAsked(string Type);
}
