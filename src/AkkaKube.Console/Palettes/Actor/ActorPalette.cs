using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Palettes.Actor;

/// <summary>Looks at the actors of a host.</summary>
internal static class ActorPalette
{
    private static readonly Argument Path = new("PATH", ArgumentKind.Path);

    public static IReadOnlyList<ConsoleCommand> Commands { get; } =
    [
        new("actor", "hierarchy", "lists the actors below a path (/user where none is given)", ActorHierarchy.Props)
        {
            Arguments = [Path with { IsOptional = true }],
            Options = [new Option("--depth", new Argument("DEPTH", ArgumentKind.Number), "how many levels") { Short = "-d" }],
        },
        new("actor", "mailbox", "says how many messages wait at an actor, or at each of several (* is any name)", ActorMailbox.Props) { Arguments = [Path] },
        new("actor", "inspect", "shows an actor: class, state, children, mailbox, supervision", ActorInspect.Props) { Arguments = [Path] },
        new("actor", "stop", "stops an actor after the message that it handles now, and waits for its end", ActorStop.Props) { Arguments = [Path] },
    ];
}
