using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Lists what is broken or paused on all hosts.</summary>
internal sealed class ListFaults : ForwardingCommand
{
    private static readonly ValueList<string> Columns = ["HOST", "FAULT"];

    public ListFaults(Invocation call)
        : base(call)
    {
        Receive<FaultKeeper.Healed>(list => End(new Document.Table(Columns, [.. list.What.Select(w => (ValueList<Cell>)[call.Services.Hosts.Self, w])])));
        DoEverywhere();
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ListFaults(call));

    protected override void DoHere() => Context.ActorSelection($"../{FaultKeeper.Name}").Tell(new FaultKeeper.List());

    protected override void OnAnswers(HostQuestion.Answers answers) => End(new Document.Table(
        Columns,
        [.. answers.Given.Select(a => a.Answer).OfType<Document.Table>().SelectMany(t => t.Rows), .. answers.Silent.Select(h => (ValueList<Cell>)[h, "does not answer"])]));
}
