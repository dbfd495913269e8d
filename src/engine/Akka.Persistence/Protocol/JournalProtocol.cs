using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>A message between persistent actors, journals and snapshot stores.</summary>
public interface IPersistenceMessage;

/// <summary>A message to or from a journal.</summary>
public interface IJournalMessage : IPersistenceMessage;

/// <summary>A message to a journal.</summary>
public interface IJournalRequest : IJournalMessage;

/// <summary>A message from a journal.</summary>
public interface IJournalResponse : IJournalMessage;

/// <summary>Asks a journal to write.</summary>
public sealed record WriteMessages(IEnumerable<IPersistentEnvelope> Messages, IActorRef PersistentActor, int ActorInstanceId) : IJournalRequest;

/// <summary>The write is through; a reply for each event follows.</summary>
public sealed record WriteMessagesSuccessful : IJournalResponse
{
    /// <summary>The only one.</summary>
    public static readonly WriteMessagesSuccessful Instance = new();

    private WriteMessagesSuccessful()
    {
    }
}

/// <summary>The write failed; a reply for each event follows.</summary>
public sealed record WriteMessagesFailed(Exception Cause, int WriteCount) : IJournalResponse;

/// <summary>An event is written.</summary>
public sealed record WriteMessageSuccess(IPersistentRepresentation Persistent, int ActorInstanceId) : IJournalResponse;

/// <summary>An event was refused before it was written; the actor goes on.</summary>
public sealed record WriteMessageRejected(IPersistentRepresentation Persistent, Exception Cause, int ActorInstanceId) : IJournalResponse;

/// <summary>It is not known whether an event was written; the actor stops.</summary>
public sealed record WriteMessageFailure(IPersistentRepresentation Persistent, Exception Cause, int ActorInstanceId) : IJournalResponse;

/// <summary>A message that is not written comes back in its turn.</summary>
public sealed record LoopMessageSuccess(object Message, int ActorInstanceId) : IJournalResponse;

/// <summary>Asks a journal for events.</summary>
public sealed record ReplayMessages(long FromSequenceNr, long ToSequenceNr, long Max, string PersistenceId, IActorRef PersistentActor) : IJournalRequest;

/// <summary>An event from the journal.</summary>
public sealed record ReplayedMessage(IPersistentRepresentation Persistent) : IJournalResponse, IDeadLetterSuppression;

/// <summary>All events were sent.</summary>
public sealed record RecoverySuccess(long HighestSequenceNr) : IJournalResponse, IDeadLetterSuppression;

/// <summary>The journal could not send all events.</summary>
public sealed record ReplayMessagesFailure(Exception Cause) : IJournalResponse, IDeadLetterSuppression;

/// <summary>Asks a journal to delete events up to a number.</summary>
public sealed record DeleteMessagesTo(string PersistenceId, long ToSequenceNr, IActorRef PersistentActor) : IJournalRequest;

/// <summary>The events are deleted.</summary>
public sealed record DeleteMessagesSuccess(long ToSequenceNr) : IJournalResponse;

/// <summary>The events could not be deleted.</summary>
public sealed record DeleteMessagesFailure(Exception Cause, long ToSequenceNr) : IJournalResponse;
