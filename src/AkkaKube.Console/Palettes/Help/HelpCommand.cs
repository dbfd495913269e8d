using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Help;

/// <summary>Lists the commands, all or those of a palette.</summary>
internal sealed class HelpCommand : CommandActor
{
    public static readonly ConsoleCommand Declaration = new("help", "", "lists the commands, all or those of a palette", Props)
    {
        Arguments = [new Argument("PALETTE", ArgumentKind.Palette) { IsOptional = true }],
    };

    public HelpCommand(Invocation call)
        : base(call)
    {
        var listed = AllCommands.List.Where(c => !c.IsInternal && (call.Find("PALETTE") is not { } palette || c.Palette == palette)).ToList();
        if (listed.Count == 0) Fail($"there is no palette {call["PALETTE"]}; palettes: {string.Join(", ", AllCommands.List.Where(c => !c.IsInternal).Select(c => c.Palette).Distinct())}", FailureCode.Usage);
        else End(new Document.Table(["COMMAND", "WHAT IT DOES"], [.. listed.Select(c => (ValueList<Cell>)[c.Usage, c.Help])]));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new HelpCommand(call));
}
