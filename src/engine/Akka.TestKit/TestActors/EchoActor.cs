using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends every message back to its sender, and to the test.</summary>
public class EchoActor : ReceiveActor
{
    /// <summary>An echo that the test hears too, unless it is the sender.</summary>
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true) => ReceiveAny(message =>
    {
        var sender = Sender;
        testkit.TestActor.Tell(message, sender);
        if (echoBackToSenderAsWell && !sender.Equals(testkit.TestActor)) sender.Tell(message, Self);
    });

    /// <summary>An echo that the test hears too, unless it is the sender.</summary>
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) => Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}
