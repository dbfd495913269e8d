using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Chaos;

/// <summary>Takes one command to the console and brings its answer back, so that many can be under way and each answer is known for its own.</summary>
internal sealed class Courier : ReceiveActor
{
    public sealed record Brought(Document Answer);

    public Courier(IActorRef console, ValueList<string> words)
    {
        var sender = Context.Parent;
        Receive<ConsoleActor.Ran>(ran =>
        {
            sender.Tell(new Brought(ran.Answer));
            Context.Stop(Self);
        });
        console.Tell(new ConsoleActor.Run(words));
    }

    public static Props Props(IActorRef console, ValueList<string> words) => Akka.Actor.Props.Create(() => new Courier(console, words));
}
