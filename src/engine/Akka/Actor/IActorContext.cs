using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Makes actors and finds them.</summary>
public interface IActorRefFactory
{
    /// <summary>Starts an actor; without a name it gets one.</summary>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>The actors at a path, found when a message is sent.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>The actors at a path, found when a message is sent.</summary>
    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Follows the death of other actors.</summary>
public interface ICanWatch
{
    /// <summary>Asks for a <see cref="Terminated"/> when <paramref name="subject"/> is gone.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for <paramref name="message"/> when <paramref name="subject"/> is gone.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes a watch back.</summary>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor knows of itself and its surroundings while it handles a message.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>The actor's own reference.</summary>
    IActorRef Self { get; }

    /// <summary>What the actor was made from.</summary>
    Props Props { get; }

    /// <summary>Who sent the message being handled; the dead letters when nobody did.</summary>
    IActorRef Sender { get; }

    /// <summary>The actor system.</summary>
    ActorSystem System { get; }

    /// <summary>The supervisor.</summary>
    IActorRef Parent { get; }

    /// <summary>The dispatcher that runs the actor.</summary>
    MessageDispatcher Dispatcher { get; }

    /// <summary>The receive timeout, if one is set.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the current behavior.</summary>
    void Become(Receive receive);

    /// <summary>Lays a behavior over the current one.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Goes back to the behavior below.</summary>
    void UnbecomeStacked();

    /// <summary>The child of that name, or nobody.</summary>
    IActorRef Child(string name);

    /// <summary>The children.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Asks for <see cref="Actor.ReceiveTimeout"/> after that much silence; null takes it back.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops an actor after the message that it handles now.</summary>
    void Stop(IActorRef child);
}

/// <summary>The context of an <see cref="UntypedActor"/>.</summary>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces the current behavior.</summary>
    void Become(UntypedReceive receive);

    /// <summary>Lays a behavior over the current one.</summary>
    void BecomeStacked(UntypedReceive receive);
}
