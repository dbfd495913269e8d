using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Actor;

/// <summary>Says how many messages wait.</summary>
internal sealed class ActorMailbox : LocatingCommand
{
    public ActorMailbox(Invocation call)
        : base(call, call["PATH"])
    {
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ActorMailbox(call));

    protected override void OnFound(IReadOnlyList<ActorRefWithCell> actors) => End(new Document.Table(
        ["ACTOR", "MESSAGES"],
        [.. actors.Select(a => (ValueList<Cell>)[a.Path.ToStringWithoutAddress(), a.Underlying.NumberOfMessages])]));
}
