using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// An actor whose state is what its events say. Commands become events, events are written, then applied; after a start the events are
/// applied again. One write is under way at a time: what is persisted in the meantime goes into the next one.
/// </summary>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery, ISnapshotter
{
    private static int _lastInstanceId;

    private readonly int _instanceId = Interlocked.Increment(ref _lastInstanceId);
    private readonly string _writerGuid = Guid.NewGuid().ToString();
    private readonly CellStash _waiting;
    private readonly Queue<PendingInvocation> _pending = new();

    // Collected while a command is handled; then joined to what goes into the next write.
    private readonly List<IPersistentEnvelope> _eventBatch = [];
    private List<IPersistentEnvelope> _journalBatch = [];

    private IStash _stash = null!;
    private IActorRef? _journal;
    private IActorRef? _snapshotStore;
    private ILoggingAdapter? _log;
    private long _sequenceNr;
    private int _pendingStashing;
    private bool _writeInProgress;
    private bool _asyncTaskRunning;

    /// <summary>An actor of a system with persistence.</summary>
    protected Eventsourced()
    {
        Extension = Persistence.Instance.Apply(Context.System);
        _waiting = new CellStash(Cell);
    }

    /// <summary>The system's persistence.</summary>
    protected PersistenceExtension Extension { get; }

    /// <summary>The actor's log.</summary>
    protected virtual ILoggingAdapter Log => _log ??= Context.GetLogger();

    /// <inheritdoc />
    public abstract string PersistenceId { get; }

    /// <inheritdoc />
    public string? JournalPluginId { get; protected set; }

    /// <inheritdoc />
    public string? SnapshotPluginId { get; protected set; }

    /// <inheritdoc />
    public virtual Recovery Recovery => Recovery.Default;

    /// <inheritdoc />
    public virtual IStashOverflowStrategy InternalStashOverflowStrategy => Extension.DefaultInternalStashOverflowStrategy;

    /// <inheritdoc />
    public IStash Stash
    {
        get => _stash;
        set => _stash = new InternalStashAwareStash(value, _waiting);
    }

    /// <summary>The actor's journal.</summary>
    public IActorRef Journal => _journal ??= Extension.JournalFor(JournalPluginId);

    /// <summary>The actor's snapshot store.</summary>
    public IActorRef SnapshotStore => _snapshotStore ??= Extension.SnapshotStoreFor(SnapshotPluginId);

    /// <inheritdoc />
    public string SnapshotterId => PersistenceId;

    /// <inheritdoc />
    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>The number of the last event that was applied.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>True until all events have been applied.</summary>
    public bool IsRecovering => _phase < Phase.ProcessingCommands;

    /// <summary>True when all events have been applied.</summary>
    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>Applies an event, a snapshot or <see cref="RecoveryCompleted"/>.</summary>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Handles a command.</summary>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>Writes an event and then calls the handler; commands that come before that wait.</summary>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler) => Add(@event, handler, stashing: true);

    /// <summary>Writes events, all or none, and then calls the handler for each; commands that come before that wait.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => AddAll(events, handler, stashing: true);

    /// <summary>Writes an event and then calls the handler; commands are handled meanwhile.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler) => Add(@event, handler, stashing: false);

    /// <summary>Writes events, all or none, and then calls the handler for each; commands are handled meanwhile.</summary>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => AddAll(events, handler, stashing: false);

    /// <summary>Calls the handler after the handlers of all events persisted before; at once when there are none.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        NotWhileRecovering();
        if (_pending.Count == 0)
        {
            handler(evt);
            return;
        }
        _pending.Enqueue(new PendingInvocation<TEvent>(evt, handler, stashing: false));
        _eventBatch.Add(new NonPersistentMessage(evt!, Sender));
    }

    /// <summary>Deletes the events up to a number; the answer is <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
    public void DeleteMessages(long toSequenceNr)
    {
        if (toSequenceNr == long.MaxValue || toSequenceNr <= LastSequenceNr)
        {
            Journal.Tell(new DeleteMessagesTo(PersistenceId, Math.Min(toSequenceNr, LastSequenceNr), Self), Self);
            return;
        }
        Self.Tell(new DeleteMessagesFailure(
            new InvalidOperationException($"toSequenceNr [{toSequenceNr}] must be less than or equal to LastSequenceNr [{LastSequenceNr}]"), toSequenceNr), Self);
    }

    /// <inheritdoc />
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr), Self);

    /// <inheritdoc />
    public void SaveSnapshot(object snapshot) =>
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr, Context.System.Scheduler.Now.UtcDateTime), snapshot), Self);

    /// <inheritdoc />
    public void DeleteSnapshot(long sequenceNr) => SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr)), Self);

    /// <inheritdoc />
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) => SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria), Self);

    /// <summary>Called after the last event, before <see cref="RecoveryCompleted"/>.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    /// <summary>Called when recovery fails, with the event that could not be applied, if it was that; the actor stops.</summary>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is not null)
        {
            Log.Error(reason, "Exception in ReceiveRecover when replaying event type [{0}] with sequence number [{1}] for persistenceId [{2}]", message.GetType(), LastSequenceNr, PersistenceId);
        }
        else
        {
            Log.Error(reason, "Persistence failure when replaying events for persistenceId [{0}]. Last known sequence number [{1}]", PersistenceId, LastSequenceNr);
        }
    }

    /// <summary>Called when it is not known whether an event was written; the actor stops.</summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Failed to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}].", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>Called when the journal refused an event before writing it; the actor goes on.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Rejected to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}] due to [{3}].", @event.GetType(), sequenceNr, PersistenceId, cause.Message);

    /// <summary>Runs async work as part of handling a command: what it persists is written when it ends.</summary>
    protected void RunTask(Func<Task> action)
    {
        if (_asyncTaskRunning) throw new NotSupportedException("RunTask calls cannot be nested");
        Dispatch.ActorTaskScheduler.RunTask(() =>
        {
            var task = action();
            return task.IsCompleted ? task : AfterCommand(task);
        });

        async Task AfterCommand(Task task)
        {
            _asyncTaskRunning = true;
            var failed = true;
            try
            {
                await task;
                failed = false;
            }
            finally
            {
                _asyncTaskRunning = false;
                CommandHandled(failed);
            }
        }
    }

    private void Add<TEvent>(TEvent @event, Action<TEvent> handler, bool stashing)
    {
        NotWhileRecovering();
        Expect(@event, handler, stashing);
        _eventBatch.Add(new AtomicWrite(Next(@event)));
    }

    private void AddAll<TEvent>(IEnumerable<TEvent>? events, Action<TEvent> handler, bool stashing)
    {
        NotWhileRecovering();
        if (events is null) return;
        var group = ImmutableArray.CreateBuilder<IPersistentRepresentation>();
        foreach (var @event in events)
        {
            Expect(@event, handler, stashing);
            group.Add(Next(@event));
        }
        if (group.Count > 0) _eventBatch.Add(new AtomicWrite((IImmutableList<IPersistentRepresentation>)group.ToImmutable()));
    }

    private void Expect<TEvent>(TEvent @event, Action<TEvent> handler, bool stashing)
    {
        if (stashing) _pendingStashing++;
        _pending.Enqueue(new PendingInvocation<TEvent>(@event, handler, stashing));
    }

    private Persistent Next<TEvent>(TEvent @event) =>
        new(@event!, ++_sequenceNr, PersistenceId, sender: Sender, writerGuid: _writerGuid, timestamp: Context.System.Scheduler.Now.UtcTicks);

    private void NotWhileRecovering()
    {
        if (IsRecovering) throw new InvalidOperationException("Cannot persist during replay. Events can be persisted when receiving RecoveryCompleted or later.");
    }

    private void FlushBatch()
    {
        if (_eventBatch.Count > 0)
        {
            _journalBatch.AddRange(_eventBatch);
            _eventBatch.Clear();
        }
        FlushJournalBatch();
    }

    private void FlushJournalBatch()
    {
        if (_writeInProgress || _journalBatch.Count == 0) return;
        Journal.Tell(new WriteMessages(_journalBatch, Self, _instanceId), Self);
        _journalBatch = [];
        _writeInProgress = true;
    }
}
