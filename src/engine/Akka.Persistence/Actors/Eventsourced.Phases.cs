using Akka.Actor;

namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    private Phase _phase = Phase.WaitingForPermit;
    private ICancelable? _recoveryTimer;
    private TimeSpan _recoveryTimeout;
    private bool _eventSeen;
    private Recovery _recovery = Recovery.Default;

    private enum Phase
    {
        WaitingForPermit,
        LoadingSnapshot,
        Replaying,
        ProcessingCommands,
        PersistingEvents,
    }

    /// <inheritdoc />
    protected internal override bool AroundReceive(Receive receive, object message)
    {
        switch (_phase)
        {
            case Phase.WaitingForPermit:
                if (message is RecoveryPermitGranted) StartRecovery();
                else Wait(message);
                break;
            case Phase.LoadingSnapshot:
                WhileLoadingSnapshot(message);
                break;
            case Phase.Replaying:
                WhileReplaying(message);
                break;
            case Phase.ProcessingCommands:
                if (!FromJournal(message)) HandleCommand(receive, message);
                break;
            default:
                if (!FromJournal(message)) Wait(message);
                break;
        }
        return true;
    }

    private void RequestRecoveryPermit()
    {
        _phase = Phase.WaitingForPermit;
        Extension.RecoveryPermitter().Tell(Akka.Persistence.RequestRecoveryPermit.Instance, Self);
    }

    private void StartRecovery()
    {
        _phase = Phase.LoadingSnapshot;
        var recovery = _recovery = Recovery;
        _recoveryTimeout = Extension.JournalConfigFor(JournalPluginId).GetTimeSpan("recovery-event-timeout", null, allowInfinite: false);
        _recoveryTimer = Context.System.Scheduler.ScheduleTellOnceCancelable(_recoveryTimeout, Self, new RecoveryTick(true), Self);
        LoadSnapshot(SnapshotterId, recovery.FromSnapshot, recovery.ToSequenceNr);
    }

    private void WhileLoadingSnapshot(object message)
    {
        switch (message)
        {
            case LoadSnapshotResult result:
                _recoveryTimer!.Cancel();
                if (result.Snapshot is { } snapshot && !Offer(new SnapshotOffer(snapshot.Metadata, snapshot.Snapshot))) return;
                _phase = Phase.Replaying;
                _eventSeen = false;
                _recoveryTimer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(_recoveryTimeout, _recoveryTimeout, Self, new RecoveryTick(false), Self);
                Journal.Tell(new ReplayMessages(LastSequenceNr + 1, result.ToSequenceNr, _recovery.ReplayMax, PersistenceId, Self), Self);
                break;
            case LoadSnapshotFailed failed:
                FailRecovery(failed.Cause);
                break;
            case RecoveryTick { Snapshot: true }:
                FailRecovery(new RecoveryTimedOutException($"Recovery timed out, didn't get snapshot within {_recoveryTimeout.TotalSeconds}s."));
                break;
            default:
                Wait(message);
                break;
        }
    }

    private void WhileReplaying(object message)
    {
        switch (message)
        {
            case ReplayedMessage replayed:
                _eventSeen = true;
                Advance(replayed.Persistent.SequenceNr);
                try
                {
                    base.AroundReceive(ApplyRecovered, replayed.Persistent);
                }
                catch (Exception cause)
                {
                    FailRecovery(cause, replayed.Persistent.Payload);
                }
                break;
            case RecoverySuccess success:
                FinishRecovery(success);
                break;
            case ReplayMessagesFailure failure:
                FailRecovery(failure.Cause);
                break;
            case RecoveryTick { Snapshot: false }:
                if (!_eventSeen)
                {
                    FailRecovery(new RecoveryTimedOutException(
                        $"Recovery timed out, didn't get event within {_recoveryTimeout.TotalSeconds}s, highest sequence number seen {LastSequenceNr}."));
                }
                _eventSeen = false;
                break;
            case RecoveryTick:
                break;
            default:
                Wait(message);
                break;
        }
    }

    private bool Offer(SnapshotOffer offer)
    {
        var before = LastSequenceNr;
        LastSequenceNr = offer.Metadata.SequenceNr;
        try
        {
            if (!base.AroundReceive(ApplyRecovered, offer)) LastSequenceNr = before;
            return true;
        }
        catch (Exception cause)
        {
            FailRecovery(cause);
            return false;
        }
    }

    private void FinishRecovery(RecoverySuccess success)
    {
        _recoveryTimer!.Cancel();
        OnReplaySuccess();
        _sequenceNr = LastSequenceNr = Math.Max(success.HighestSequenceNr, LastSequenceNr);
        _phase = Phase.ProcessingCommands;
        try
        {
            base.AroundReceive(ApplyRecovered, RecoveryCompleted.Instance);
        }
        finally
        {
            FlushBatch();
            if (_pendingStashing > 0) _phase = Phase.PersistingEvents;
            else _waiting.UnstashAll();
            ReturnPermit();
        }
    }

    private void FailRecovery(Exception cause, object? message = null)
    {
        _recoveryTimer?.Cancel();
        try
        {
            OnRecoveryFailure(cause, message);
        }
        finally
        {
            Context.Stop(Self);
            ReturnPermit();
        }
    }

    private bool ApplyRecovered(object message) => ReceiveRecover(message is IPersistentRepresentation persistent ? persistent.Payload : message);

    private void ReturnPermit() => Extension.RecoveryPermitter().Tell(ReturnRecoveryPermit.Instance, Self);

    private void HandleCommand(Receive receive, object message)
    {
        var failed = true;
        try
        {
            base.AroundReceive(receive, message);
            failed = false;
        }
        finally
        {
            CommandHandled(failed);
        }
    }

    private void CommandHandled(bool failed)
    {
        FlushBatch();
        if (_asyncTaskRunning) return;
        if (_pendingStashing > 0) _phase = Phase.PersistingEvents;
        else Unwait(all: failed);
    }

    /// <summary>Handles what a journal answers; false when the message is no such thing.</summary>
    private bool FromJournal(object message)
    {
        switch (message)
        {
            // Of another instance: written or looped before a restart, whose handler is gone.
            case WriteMessageSuccess success:
                if (success.ActorInstanceId != _instanceId) return true;
                Advance(success.Persistent.SequenceNr);
                InvokeHandler();
                return true;
            case LoopMessageSuccess loop:
                if (loop.ActorInstanceId == _instanceId) InvokeHandler();
                return true;
            case WriteMessagesSuccessful:
                _writeInProgress = false;
                FlushJournalBatch();
                return true;
            case WriteMessagesFailed:
                _writeInProgress = false;
                // The replies that follow stop the actor.
                return true;
            case WriteMessageRejected rejected:
                if (rejected.ActorInstanceId != _instanceId) return true;
                Advance(rejected.Persistent.SequenceNr);
                HandlerDone(failed: false);
                OnPersistRejected(rejected.Cause, rejected.Persistent.Payload, rejected.Persistent.SequenceNr);
                return true;
            case WriteMessageFailure failure:
                if (failure.ActorInstanceId != _instanceId) return true;
                HandlerDone(failed: false);
                try
                {
                    OnPersistFailure(failure.Cause, failure.Persistent.Payload, failure.Persistent.SequenceNr);
                }
                finally
                {
                    Context.Stop(Self);
                }
                return true;
            case RecoveryTick:
                return true;
            default:
                return false;
        }
    }

    private void InvokeHandler()
    {
        var failed = true;
        try
        {
            _pending.Peek().Invoke();
            failed = false;
        }
        finally
        {
            FlushBatch();
            HandlerDone(failed);
        }
    }

    private void HandlerDone(bool failed)
    {
        if (_pending.Dequeue().Stashing) _pendingStashing--;
        if (_phase == Phase.PersistingEvents)
        {
            if (_pendingStashing > 0) return;
            _phase = Phase.ProcessingCommands;
            Unwait(all: failed);
        }
        // A handler of PersistAsync may itself persist with waiting.
        else if (_pendingStashing > 0) _phase = Phase.PersistingEvents;
        else Unwait(all: failed);
    }

    private void Advance(long sequenceNr) => LastSequenceNr = Math.Max(LastSequenceNr, sequenceNr);

    private void Unwait(bool all)
    {
        if (all) _waiting.UnstashAll();
        else _waiting.Unstash();
    }

    private void Wait(object message)
    {
        try
        {
            _waiting.Stash();
        }
        catch (StashOverflowException)
        {
            switch (InternalStashOverflowStrategy)
            {
                case DiscardToDeadLetterStrategy:
                    Context.System.DeadLetters.Tell(new Event.DeadLetter(message, Sender, Self), Sender);
                    break;
                case ReplyToStrategy reply:
                    Sender.Tell(reply.Response, Self);
                    break;
                default:
                    throw;
            }
        }
    }
}
