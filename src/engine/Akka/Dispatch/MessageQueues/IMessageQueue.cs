using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>The queue of a mailbox. Many threads may put in, one takes out.</summary>
public interface IMessageQueue
{
    /// <summary>Whether a message waits.</summary>
    bool HasMessages { get; }

    /// <summary>How many messages wait.</summary>
    int Count { get; }

    /// <summary>Puts a message in.</summary>
    void Enqueue(IActorRef receiver, Envelope envelope);

    /// <summary>Takes the next message out.</summary>
    bool TryDequeue(out Envelope envelope);

    /// <summary>Hands all that wait to the dead letters when <paramref name="owner"/> is gone.</summary>
    void CleanUp(IActorRef owner, IMessageQueue deadletters);
}
