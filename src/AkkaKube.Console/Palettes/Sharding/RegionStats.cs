using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Sharding;

/// <summary>The shards of one type: what is in them, or where they are.</summary>
internal sealed class RegionStats : RegionQuestion
{
    private readonly bool _allocation;

    public RegionStats(Invocation call, bool allocation)
        : base(call, [call["TYPE"]]) => _allocation = allocation;

    public static Props Props(Invocation call, bool allocation) => Akka.Actor.Props.Create(() => new RegionStats(call, allocation));

    protected override Document Answer() => _allocation
        ? new Document.Table(["SHARD", "HOST"], [.. Shards().OrderBy(s => s.Shard, StringComparer.Ordinal).Select(s => (ValueList<Cell>)[s.Shard, s.Host])])
        : new Document.Table(["HOST", "SHARD", "ENTITIES"], [.. Shards().Select(s => (ValueList<Cell>)[s.Host, s.Shard, s.Entities])]);
}
