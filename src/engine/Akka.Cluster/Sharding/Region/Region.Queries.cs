using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>What a region has, for who asks.</summary>
internal sealed partial class Region
{
    // Under the deterministic dispatcher what follows a wait is a turn like any other; elsewhere no actor's context is kept.
    private readonly bool _inTurns = ((ActorSystemImpl)Context.System).IsDeterministic;

    private bool On(IShardRegionQuery query)
    {
        switch (query)
        {
            case GetShardRegionState:
                ShardStates().PipeTo(Sender, Self, static states => new CurrentShardRegionState(
                    [.. states.Select(static s => s.State).OfType<ShardState>()], Failed(states)));
                return true;
            case GetShardRegionStats:
                ShardStates().PipeTo(Sender, Self, static states => new ShardRegionStats(
                    states.Where(static s => s.State is not null).ToImmutableDictionary(static s => s.Shard, static s => s.State!.EntityIds.Count), Failed(states)));
                return true;
            case GetClusterShardingStats stats:
                ClusterStats(stats.Timeout).PipeTo(Sender, Self);
                return true;
            case GetCurrentRegions:
                Sender.Tell(new CurrentRegions(_view is null ? [] : [.. Candidates().Select(uid => Address.Parse(MemberOf(uid)!.Address))]));
                return true;
            default:
                return false;
        }
    }

    private static ImmutableHashSet<string> Failed(IEnumerable<(string Shard, ShardState? State)> states) => [.. states.Where(static s => s.State is null).Select(static s => s.Shard)];

    private Task<(string Shard, ShardState? State)[]> ShardStates() =>
        Task.WhenAll(_own.Values.Where(static o => o.TakesMessages).Select(own => StateOf(own.Id, own.Shard, _settings.ShardRegionQueryTimeout)));

    private async Task<(string Shard, ShardState? State)> StateOf(string id, IActorRef shard, TimeSpan timeout)
    {
        try
        {
            return (id, await shard.Ask<ShardState>(Shard.GetState.Instance, timeout).ConfigureAwait(_inTurns));
        }
        catch (AskTimeoutException)
        {
            return (id, null);
        }
    }

    private Task<ClusterShardingStats> ClusterStats(TimeSpan timeout)
    {
        var regions = _hosts.Where(h => MemberOf(h.Key) is not null).Select(h => (Address.Parse(MemberOf(h.Key)!.Address), h.Value.Region)).ToList();
        if (Hosts && _view is { } view && MemberOf(view.Self) is { } self) regions.Add((Address.Parse(self.Address), Self));
        return Gather(regions, timeout);
    }

    private async Task<ClusterShardingStats> Gather(IReadOnlyList<(Address Address, IActorRef Region)> regions, TimeSpan timeout)
    {
        var answers = await Task.WhenAll(regions.Select(r => StatsOf(r.Address, r.Region, timeout))).ConfigureAwait(_inTurns);
        return new ClusterShardingStats(answers.Where(static a => a.Stats is not null).ToImmutableDictionary(static a => a.Address, static a => a.Stats!));
    }

    private async Task<(Address Address, ShardRegionStats? Stats)> StatsOf(Address address, IActorRef region, TimeSpan timeout)
    {
        try
        {
            return (address, await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, timeout).ConfigureAwait(_inTurns));
        }
        catch (AskTimeoutException)
        {
            return (address, null);
        }
    }
}
