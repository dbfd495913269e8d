using Akka.Actor;

namespace AkkaKube.Console.Commands;

/// <summary>Stops the actor at a path and tells when it has stopped.</summary>
internal sealed class ActorStop : ReceiveActor
{
    public ActorStop(string path, TimeSpan patience, IActorRef asker)
    {
        SetReceiveTimeout(patience * 20);
        Context.ActorSelection(path).Tell(new Identify(path));
        Receive<ActorIdentity>(identity =>
        {
            if (identity.Subject is not { } actor)
            {
                End(new ConsoleActor.Ran(1, $"no actor at {path}"));
                return;
            }

            Context.Watch(actor);
            actor.Tell(PoisonPill.Instance);
        });
        Receive<Terminated>(_ => End(new ConsoleActor.Ran(0, $"stopped {path}")));
        Receive<ReceiveTimeout>(_ => End(new ConsoleActor.Ran(1, $"{path} has not stopped yet")));

        void End(ConsoleActor.Ran result)
        {
            asker.Tell(result);
            Context.Stop(Self);
        }
    }

    public static Props Props(string path, TimeSpan patience, IActorRef asker) => Akka.Actor.Props.Create(() => new ActorStop(path, patience, asker));
}
