using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Actor;

/// <summary>Stops the actor at a path and tells when it has stopped.</summary>
internal sealed class ActorStop : LocatingCommand
{
    public ActorStop(Invocation call)
        : base(call, call["PATH"]) => Receive<Terminated>(gone => End(new Document.Done($"stopped {gone.ActorRef.Path.ToStringWithoutAddress()}")));

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ActorStop(call));

    protected override void OnFound(IReadOnlyList<ActorRefWithCell> actors)
    {
        if (actors.Count > 1)
        {
            Fail($"{actors.Count} actors are at {Call["PATH"]}; name one of them");
            return;
        }

        if (actors[0].Path.Elements is [var top] && top is "user" or "system")
        {
            Fail($"/{top} is the whole host; 'kube kill-host {Call.Services.Hosts.Self}' ends it");
            return;
        }

        Context.Watch(actors[0]);
        actors[0].Tell(PoisonPill.Instance);
    }
}
