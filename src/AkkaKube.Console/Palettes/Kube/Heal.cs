using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Takes all faults of links away, on every host that can be reached.</summary>
internal sealed class Heal : ForwardingCommand
{
    public Heal(Invocation call)
        : base(call)
    {
        Receive<FaultKeeper.Healed>(healed => End(new Document.Done(Said(healed.What))));
        DoEverywhere();
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new Heal(call));

    protected override void DoHere() => Context.ActorSelection($"../{FaultKeeper.Name}").Tell(new FaultKeeper.Heal());

    protected override void OnAnswers(HostQuestion.Answers answers)
    {
        var said = answers.Given.Select(a => a.Answer is Document.Done { Message: var m } ? m : $"{a.Host}: {((a.Answer as Document.Failure)?.Message ?? "no answer")}").ToList();
        foreach (var silent in answers.Silent) said.Add($"{silent} cannot be reached from here; ask it itself if something is broken there");
        End(new Document.Done(string.Join('\n', said)));
    }

    private string Said(IReadOnlyList<string> healed) => $"{Call.Services.Hosts.Self}: " + (healed.Count == 0 ? "nothing was broken" : $"healed {string.Join(", ", healed)}");
}
