using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>From which snapshot and up to which event an actor recovers.</summary>
public sealed record Recovery(SnapshotSelectionCriteria FromSnapshot, long ToSequenceNr = long.MaxValue, long ReplayMax = long.MaxValue)
{
    /// <summary>From the newest snapshot, all events.</summary>
    public static Recovery Default { get; } = new(SnapshotSelectionCriteria.Latest);

    /// <summary>No snapshot, no events: only the highest sequence number is learnt.</summary>
    public static Recovery None { get; } = new(SnapshotSelectionCriteria.None, 0);

    /// <summary>From the newest snapshot, all events.</summary>
    public Recovery() : this(SnapshotSelectionCriteria.Latest)
    {
    }

    /// <summary>From a snapshot, all events.</summary>
    public Recovery(SnapshotSelectionCriteria fromSnapshot) : this(fromSnapshot, long.MaxValue)
    {
    }

    /// <summary>From a snapshot, events up to a number.</summary>
    public Recovery(SnapshotSelectionCriteria fromSnapshot, long toSequenceNr) : this(fromSnapshot, toSequenceNr, long.MaxValue)
    {
    }
}

/// <summary>Tells a persistent actor that it has seen all there is; it may persist now.</summary>
public sealed class RecoveryCompleted
{
    /// <summary>The only one.</summary>
    public static readonly RecoveryCompleted Instance = new();

    private RecoveryCompleted()
    {
    }
}

/// <summary>Wakes a recovering actor to see whether something came in the meantime.</summary>
public sealed record RecoveryTick(bool Snapshot) : INotInfluenceReceiveTimeout, IDeadLetterSuppression;

/// <summary>The journal or the snapshot store was silent for too long.</summary>
public class RecoveryTimedOutException : AkkaException
{
    /// <summary>Without words.</summary>
    public RecoveryTimedOutException()
    {
    }

    /// <summary>With words.</summary>
    public RecoveryTimedOutException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}
