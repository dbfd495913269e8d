using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Palettes.Log;

/// <summary>The log of a host.</summary>
internal static class LogPalette
{
    private static readonly Option Level = new("--level", new Argument("LEVEL", ArgumentKind.Level), "from this level up") { Short = "-l" };
    private static readonly Option Source = new("--source", new Argument("SOURCE", ArgumentKind.Word), "only from sources that contain this") { Short = "-s" };

    public static IReadOnlyList<ConsoleCommand> Commands { get; } =
    [
        new("log", "tail", "shows the log as it is written", LogTail.Props) { Options = [Level, Source], Streams = true },
        new("log", "level", "says or sets what is logged: debug, info, warning, error", LogLevelCommand.Props) { Arguments = [new Argument("LEVEL", ArgumentKind.Level) { IsOptional = true }] },
        new("log", "peek", "shows the last lines of the log (20 where no number is given)", LogPeek.Props)
        {
            Arguments = [new Argument("LINES", ArgumentKind.Number) { IsOptional = true }],
            Options = [Level, Source],
        },
    ];
}
