using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Palettes.Console;

/// <summary>What consoles and clients ask for themselves: the names that complete a word.</summary>
internal static class ConsolePalette
{
    private static readonly Argument Kind = new("KIND", ArgumentKind.Word);

    public static IReadOnlyList<ConsoleCommand> Commands { get; } =
    [
        new("console", "names", "the names of a kind on all hosts", NamesOfKind.Props) { Arguments = [Kind], IsInternal = true },
        new("console", "names-here", "the names of a part on this host", NamesHere.Props) { Arguments = [Kind], IsInternal = true },
        new("console", "singletons-here", "the singletons that are on this host", SingletonsHere.Props) { IsInternal = true },
        Tracing.SpansHere.Declaration,
    ];
}
