using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the engine asks of every reference: supervision, death watch and the tree.</summary>
internal interface IInternalActorRef : IActorRef, IActorRefScope
{
    /// <summary>The supervisor; <see cref="Nobody"/> where there is none.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>The system that the reference belongs to; null for references outside of any.</summary>
    ActorSystemImpl? SystemImpl { get; }

    /// <summary>True once the actor is gone for good.</summary>
    bool IsTerminated { get; }

    /// <summary>The child named <paramref name="name"/> (with an optional <c>#uid</c>); Nobody where there is none.</summary>
    IInternalActorRef GetChild(string name);

    /// <summary>The children there are at this moment.</summary>
    IReadOnlyList<IInternalActorRef> GetChildren();

    /// <summary>Sends a message that passes all user messages.</summary>
    void SendSystemMessage(SystemMessage message);

    void Start();
    void Stop();
    void Suspend();
    void Resume(Exception? causedByFailure);
    void Restart(Exception cause);
}
