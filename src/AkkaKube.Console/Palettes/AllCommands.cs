using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Palettes;

/// <summary>All commands of the console. A new palette is one more line.</summary>
public static class AllCommands
{
    /// <summary>In the order in which help lists them.</summary>
    public static IReadOnlyList<ConsoleCommand> List { get; } =
    [
        Help.HelpCommand.Declaration,
        .. Cluster.ClusterPalette.Commands,
        .. Sharding.ShardingPalette.Commands,
        .. Actor.ActorPalette.Commands,
        .. Log.LogPalette.Commands,
        .. Kube.KubePalette.Commands,
        .. Console.ConsolePalette.Commands,
    ];
}
