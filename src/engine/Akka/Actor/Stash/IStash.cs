using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Messages put aside for later.</summary>
public interface IStash
{
    /// <summary>How many can be put aside; -1 for no limit.</summary>
    int Capacity { get; }

    /// <summary>How many are put aside.</summary>
    int Count { get; }

    /// <summary>True when none is put aside.</summary>
    bool IsEmpty { get; }

    /// <summary>True when some are put aside.</summary>
    bool NonEmpty { get; }

    /// <summary>True when no more fits.</summary>
    bool IsFull { get; }

    /// <summary>Puts the message being handled aside.</summary>
    void Stash();

    /// <summary>Puts the oldest one back before all that wait in the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all back before those that wait in the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts those back that pass the predicate, and drops the others.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all out.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages before those that are put aside.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor with a stash.</summary>
public interface IActorStash
{
    /// <summary>The stash; the engine sets it after the constructor.</summary>
    IStash Stash { get; set; }
}

/// <summary>An actor with a stash, whatever its mailbox.</summary>
public interface IWithUnrestrictedStash : IActorStash;

/// <summary>An actor with a stash.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;

/// <summary>An actor with a stash without limit.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;
