using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Actor;

/// <summary>Shows what the public API tells of an actor from outside.</summary>
internal sealed class ActorInspect : LocatingCommand
{
    public ActorInspect(Invocation call)
        : base(call, call["PATH"])
    {
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ActorInspect(call));

    protected override void OnFound(IReadOnlyList<ActorRefWithCell> actors)
    {
        var actor = actors[0];
        var cell = actor.Underlying;
        var children = ChildrenOf(actor).Select(c => c.Path.Name).ToList();
        var strategy = cell.Props.SupervisorStrategy;
        List<ValueList<Cell>> rows =
        [
            ["path", actor.Path.ToStringWithoutAddress()],
            ["incarnation", actor.Path.Uid],
            ["class", cell.Props.Type.FullName],
            ["state", cell.IsTerminated ? "terminated" : cell.HasMessages ? "working" : "idle"],
            ["mailbox", cell.NumberOfMessages],
            ["dispatcher", cell.Props.Dispatcher],
            ["supervisor", actor.Path.Parent.ToStringWithoutAddress()],
            ["its own strategy", strategy is null ? "the actor's" : strategy.GetType().Name],
            ["children", children.Count],
            .. children.Take(100).Select(name => (ValueList<Cell>)["child", name]),
        ];
        End(new Document.Table(["WHAT", "VALUE"], [.. rows]));
    }
}
