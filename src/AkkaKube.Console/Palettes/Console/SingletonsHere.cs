using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Console;

/// <summary>Finds which singletons this host has: the managers are on every host, the singletons below them on one.</summary>
internal sealed class SingletonsHere : LocatingCommand
{
    public SingletonsHere(Invocation call)
        : base(call, "/user/*/*")
    {
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new SingletonsHere(call));

    protected override void OnFound(IReadOnlyList<ActorRefWithCell> actors) =>
        End(new Document.Table(NamesOfKind.Columns, [.. actors.Where(a => Call.Services.Parts.Singletons.Contains(a.Path.ToStringWithoutAddress())).Select(a => (ValueList<Cell>)[a.Path.Name])]));

    protected override void OnNothing() => End(new Document.Table(NamesOfKind.Columns, []));
}
