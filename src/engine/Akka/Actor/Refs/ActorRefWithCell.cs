namespace Akka.Actor;

/// <summary>The reference to an actor of this process, for who looks at the actor from outside: a console, a test.</summary>
public abstract class ActorRefWithCell : ActorRefBase
{
    private protected ActorRefWithCell() { }

    /// <summary>What stands around the actor.</summary>
    public abstract ICell Underlying { get; }

    /// <summary>The children there are at this moment.</summary>
    public abstract IEnumerable<IActorRef> Children { get; }
}

/// <summary>What stands around an actor, as others may see it: a look may be old by the time it is read.</summary>
public interface ICell
{
    /// <summary>The actor.</summary>
    IActorRef Self { get; }

    /// <summary>The system that it belongs to.</summary>
    ActorSystem System { get; }

    /// <summary>How it was made.</summary>
    Props Props { get; }

    /// <summary>True once it is gone for good.</summary>
    bool IsTerminated { get; }

    /// <summary>Whether messages wait.</summary>
    bool HasMessages { get; }

    /// <summary>How many messages wait.</summary>
    int NumberOfMessages { get; }

    /// <summary>No message is handled from now on, system messages aside, until <see cref="Resume"/>.</summary>
    void Suspend();

    /// <summary>Ends one <see cref="Suspend"/>.</summary>
    void Resume(Exception? causedByFailure);
}
