using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Suspends any actor of the asked host.</summary>
internal sealed class PauseActor : LocatingCommand
{
    public PauseActor(Invocation call)
        : base(call, call["TARGET"])
    {
        Receive<FaultKeeper.Applied>(_ => End(new Document.Done($"paused {call["TARGET"]} on {call.Services.Hosts.Self}")));
        Receive<FaultKeeper.Refused>(refused => Fail(refused.Why));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new PauseActor(call));

    protected override void OnFound(IReadOnlyList<ActorRefWithCell> actors)
    {
        // The console would wait for itself.
        if (actors.Count > 1) Fail($"{actors.Count} actors are at {Call["TARGET"]}; name one of them");
        else if (actors[0].Path.Elements is ["user"] or ["system", ..] or ["user", "console", ..] or []) Fail($"{Call["TARGET"]} keeps the console going and cannot be paused");
        else Context.ActorSelection($"../{FaultKeeper.Name}").Tell(new FaultKeeper.Pause(actors[0], Call.Duration("--for")));
    }
}
