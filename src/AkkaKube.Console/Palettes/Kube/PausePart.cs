using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Suspends a part: it is there and does not answer.</summary>
internal sealed class PausePart : PartCommand
{
    public PausePart(Invocation call, ClusterPart part)
        : base(call, part)
    {
        Receive<FaultKeeper.Applied>(_ => End(new Document.Done($"paused {What}")));
        Receive<FaultKeeper.Refused>(refused => Fail(refused.Why));
    }

    public static Props Props(Invocation call, ClusterPart part) => Akka.Actor.Props.Create(() => new PausePart(call, part));

    protected override void Do(ActorRefWithCell actor) => Context.ActorSelection($"../{FaultKeeper.Name}").Tell(new FaultKeeper.Pause(actor, Call.Duration("--for")));
}
