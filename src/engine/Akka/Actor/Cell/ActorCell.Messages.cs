using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Handling of user messages, of those the engine answers itself, and of system messages.</summary>
internal sealed partial class ActorCell
{
    private void Invoke(object message, IActorRef? sender)
    {
        CurrentMessage = message;
        _sender = sender;
        try
        {
            if (_extras is { } extras)
            {
                extras.CurrentIsStashed = false;
                if (extras.PendingReceiveTimeout is not null && Influences(message)) CancelReceiveTimeout();
            }

            if (message is IAutoReceivedMessage) AutoReceive(message);
            else ReceiveMessage(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }

        if (_extras is { ReceiveTimeout: not null }) CheckReceiveTimeout(Influences(message));
    }

    /// <summary>Whether the message being handled was put aside.</summary>
    public bool CurrentIsStashed
    {
        get => _extras is { CurrentIsStashed: true };
        set => Extras.CurrentIsStashed = value;
    }

    private static bool Influences(object message) =>
        (message is IWrappedMessage wrapped ? wrapped.Message : message) is not INotInfluenceReceiveTimeout;

    private void ReceiveMessage(object message)
    {
        var handled = _actor!.AroundReceive(_behavior, message);
        if (_system.Settings.AddLoggingReceive && _actor is ILogReceive)
            Publish(new Debug(SourceText, ActorType, $"received {(handled ? "handled" : "unhandled")} message {message} from {Sender.Path}"));
    }

    /// <summary>Handles a message as if it had just been taken from the mailbox; for test kits.</summary>
    public void ReceiveMessageForTest(Envelope envelope)
    {
        CurrentMessage = envelope.Message;
        _sender = envelope.Sender;
        try
        {
            if (envelope.Message is IAutoReceivedMessage) AutoReceive(envelope.Message);
            else ReceiveMessage(envelope.Message);
        }
        finally
        {
            CurrentMessage = null;
            _sender = null;
        }
    }

    /// <summary>Handles what the engine answers in the actor's place.</summary>
    public void AutoReceive(object message)
    {
        if (_system.Settings.DebugAutoReceive) Publish(new Debug(SourceText, ActorType, $"received AutoReceiveMessage {message}"));
        switch (message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case PoisonPill:
                _self.Stop();
                break;
            case ActorSelectionMessage selection:
                SelectionDelivery.Deliver(_self, _sender, selection.Message, selection.Elements, 0, selection.WildCardFanOut);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    private void HandleSystemMessages()
    {
        var message = TakeSystemInbox();
        while (message is not null)
        {
            var next = message.Next;
            message.Next = null;
            var before = Waiting;
            if (MustWait(message))
            {
                Stash(message);
            }
            else
            {
                try
                {
                    Handle(message);
                }
                catch (Exception cause)
                {
                    HandleInvokeFailure(cause);
                }
            }

            if ((_status & Closed) != 0)
            {
                AnswerAsDead(next);
                return;
            }

            // A state that stashes less lets the stashed ones come after those that are here.
            if (Waiting < before && _extras?.Stashed is not null) next = Append(next, TakeStashed());
            message = next ?? TakeSystemInbox();
        }
    }

    private void AnswerAsDead(SystemMessage? message)
    {
        while (message is not null)
        {
            var next = message.Next;
            message.Next = null;
            EmptyLocalActorRef.AnswerFor(_self, message);
            message = next;
        }
    }

    /// <summary>0: none waits; 1: suspended; 2: waiting for children.</summary>
    private int Waiting => _extras?.Children is { IsWaiting: true } ? 2 : IsSuspended ? 1 : 0;

    private bool MustWait(SystemMessage message) => Waiting switch
    {
        2 => message.WaitsForChildren,
        1 => message.WaitsWhileSuspended,
        _ => false,
    };

    private void Stash(SystemMessage message) => Extras.Stashed = Append(Extras.Stashed, message);

    private SystemMessage? TakeStashed()
    {
        var stashed = Extras.Stashed;
        Extras.Stashed = null;
        return stashed;
    }

    private static SystemMessage? Append(SystemMessage? list, SystemMessage? tail)
    {
        if (list is null) return tail;
        var last = list;
        while (last.Next is not null) last = last.Next;
        last.Next = tail;
        return list;
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case Create:
                CreateActor();
                break;
            case DeathWatchNotification notification:
                WatchedActorTerminated(notification);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Dispatch.SysMsg.Terminate:
                Terminate();
                break;
            case ActorTask task:
                RunActorTask(task);
                break;
            case ActorTaskCompleted completed:
                EndAsyncHandler(completed);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
        }
    }
}
