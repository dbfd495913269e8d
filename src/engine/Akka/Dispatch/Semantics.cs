namespace Akka.Dispatch;

/// <summary>What a kind of mailbox promises.</summary>
public interface ISemantics;

/// <summary>Messages can be put at the head.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    /// <summary>Puts a message before all others.</summary>
    void EnqueueFirst(Actor.Envelope envelope);
}

/// <summary>There is no limit.</summary>
public interface IUnboundedMessageQueueSemantics : ISemantics;

/// <summary>Messages can be put at the head, and there is no limit.</summary>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics;

/// <summary>There is a limit.</summary>
public interface IBoundedMessageQueueSemantics : ISemantics
{
    /// <summary>How long a sender waits for room.</summary>
    TimeSpan PushTimeOut { get; }
}

/// <summary>Said by an actor that needs a kind of mailbox; the engine's own has all that a stash needs.</summary>
public interface IRequiresMessageQueue<T> where T : ISemantics;
