namespace Akka.Actor;

/// <summary>Something a message can be sent to.</summary>
public interface ICanTell
{
    /// <summary>Sends <paramref name="message"/>; the receiver sees <paramref name="sender"/> as its sender.</summary>
    void Tell(object message, IActorRef sender);
}

/// <summary>A handle to an actor: it can be sent to, compared, passed on, and outlives the actor.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>The place of the actor in the tree, with the incarnation's uid.</summary>
    ActorPath Path { get; }
}

/// <summary>A reference that knows whether it stands in this process.</summary>
public interface IActorRefScope
{
    /// <summary>True when the actor lives in this process.</summary>
    bool IsLocal { get; }
}
