using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Takes every message and does nothing.</summary>
public class BlackHoleActor : ActorBase
{
    /// <summary>One of them.</summary>
    public static Props Props { get; } = Actor.Props.Create(() => new BlackHoleActor());

    /// <inheritdoc />
    protected override bool Receive(object message) => true;
}
