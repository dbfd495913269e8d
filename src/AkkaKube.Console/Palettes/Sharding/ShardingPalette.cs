using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Palettes.Sharding;

/// <summary>The sharded entities: which host runs what.</summary>
internal static class ShardingPalette
{
    private static readonly Argument Type = new("TYPE", ArgumentKind.EntityType);

    public static IReadOnlyList<ConsoleCommand> Commands { get; } =
    [
        new("cluster-sharding", "list-regions", "lists the types of entities with the shards and entities of each host", ListRegions.Props),
        new("cluster-sharding", "region-stats", "says how many entities are in each shard of a type", call => RegionStats.Props(call, false)) { Arguments = [Type] },
        new("cluster-sharding", "shard-allocation", "says which host has each shard of a type", call => RegionStats.Props(call, true)) { Arguments = [Type] },
    ];
}
