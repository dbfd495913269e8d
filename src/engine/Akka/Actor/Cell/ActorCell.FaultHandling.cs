using System.Runtime.ExceptionServices;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Birth, failure, restart and death of the actor.</summary>
internal sealed partial class ActorCell
{
    private bool IsFailed => _extras?.Perpetrator is not null;

    private void SetFailed(IActorRef perpetrator) => Extras.Perpetrator = perpetrator;

    private void ClearFailed()
    {
        if (_extras is not null) _extras.Perpetrator = null;
    }

    private void SuspendMailbox() => _suspendCount++;

    private void ResumeMailbox()
    {
        if (_suspendCount > 0) _suspendCount--;
    }

    private void CreateActor()
    {
        try
        {
            var created = NewActor();
            _actor = created;
            created.AroundPreStart();
            if (_extras is { ReceiveTimeout: not null }) CheckReceiveTimeout(reschedule: true);
            if (_system.Settings.DebugLifecycle) Publish(new Debug(SourceText, created.GetType(), $"Started ({created})"));
        }
        catch (Exception cause)
        {
            DropActor();
            throw new ActorInitializationException(_self, "Exception during creation", cause);
        }
    }

    private ActorBase NewActor()
    {
        _behavior = ActorBase.InitialBehavior;
        _extras?.Behaviors?.Clear();
        var actor = _props.NewActor();
        if (actor is ReceiveActor receiver) receiver.CloseInitialBehavior();
        if (actor is IActorStash stashing) stashing.Stash = new CellStash(this);
        return actor;
    }

    private void DropActor()
    {
        if (_actor is not null) _props.Release(_actor);
        _actor = null;
        CurrentMessage = null;
        _behavior = ActorBase.InitialBehavior;
        _extras?.Behaviors?.Clear();
    }

    private void UnstashAll()
    {
        if (_actor is IActorStash { Stash: { } stash }) stash.UnstashAll();
    }

    private void FaultSuspend()
    {
        SuspendMailbox();
        SuspendChildren();
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            Publish(new Error(null, SourceText, ActorType, $"Changing Resume into Create after {causedByFailure}"));
            FaultCreate();
            return;
        }

        var perpetrator = _extras?.Perpetrator;
        ResumeMailbox();
        if (causedByFailure is not null) ClearFailed();
        ResumeChildren(causedByFailure, perpetrator);
    }

    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        StopChildren();
        if (Children is not { } children || !children.SetReason(SuspendReason.Creation, null)) FinishCreate();
    }

    private void FinishCreate()
    {
        ResumeMailbox();
        ClearFailed();
        try
        {
            CreateActor();
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            Publish(new Error(null, SourceText, ActorType, $"Changing Recreate into Create after {cause}"));
            FaultCreate();
            return;
        }

        if (IsTerminating)
        {
            FaultResume(null); // the suspend counter must stay balanced
            return;
        }

        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        var failed = _actor;
        if (_system.Settings.DebugLifecycle) Publish(new Debug(SourceText, ActorType, "Restarting"));
        var optionalMessage = CurrentMessage;
        try
        {
            if (_extras?.FailedMessage is { } message) optionalMessage = message;
            failed.AroundPreRestart(cause, optionalMessage!);
            UnstashAll();
        }
        catch (Exception thrown)
        {
            Publish(new Error(new PreRestartException(_self, thrown, cause, optionalMessage!), SourceText, ActorType, thrown.Message));
        }
        finally
        {
            if (_extras is not null) _extras.FailedMessage = null;
            DropBehavior();
        }

        if (Children is not { } children || !children.SetReason(SuspendReason.Recreation, cause)) FinishRecreate(cause);
    }

    // The old actor stays in the cell until the new one takes its place: its children may still fail and be judged by it.
    private void DropBehavior()
    {
        CurrentMessage = null;
        _behavior = ActorBase.InitialBehavior;
        _extras?.Behaviors?.Clear();
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildrenSnapshot();
        try
        {
            ResumeMailbox();
            ClearFailed();
            if (_actor is not null) _props.Release(_actor);
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null!);
            if (_extras is { ReceiveTimeout: not null }) CheckReceiveTimeout(reschedule: true);
            if (_system.Settings.DebugLifecycle) Publish(new Debug(SourceText, ActorType, $"Restarted ({_actor})"));
            foreach (var child in survivors) child.Restart(cause);
        }
        catch (Exception thrown)
        {
            DropActor();
            HandleInvokeFailure(new PostRestartException(_self, thrown, cause), survivors);
        }
    }

    private void HandleInvokeFailure(Exception cause, LocalActorRef[]? childrenNotToSuspend = null)
    {
        if (IsFailed) return;
        try
        {
            SuspendMailbox();
            if (_extras?.Judging is { } failed)
            {
                SetFailed(failed.Child);
                SuspendChildren(failed.Child, childrenNotToSuspend);
            }
            else
            {
                SetFailed(_self);
                Extras.FailedMessage = CurrentMessage;
                SuspendChildren(survivors: childrenNotToSuspend);
            }

            _parent.SendSystemMessage(new Failed(_self, cause));
        }
        catch (Exception thrown)
        {
            Publish(new Error(thrown, SourceText, ActorType, $"Emergency stop: exception in failure handling for {cause}"));
            StopChildren();
            FinishTerminate();
        }
    }

    private void HandleFailed(Failed failed)
    {
        var child = failed.Child;
        if (Children is not { } children || !children.Contains(child))
        {
            Publish(new Debug(SourceText, ActorType, $"Dropping Failed({failed.Cause}) from unknown child {child}"));
            return;
        }

        Extras.Judging = failed;
        _sender = child;
        try
        {
            // A failed creation leaves no actor to ask; its children die with it.
            var strategy = _actor?.SupervisorStrategyOf() ?? SupervisorStrategy.StoppingStrategy;
            if (!strategy.HandleFailure(this, child, failed.Cause)) ExceptionDispatchInfo.Throw(failed.Cause);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
        finally
        {
            if (_extras is not null) _extras.Judging = null;
            _sender = null;
        }
    }

    private void HandleChildTerminated(LocalActorRef child)
    {
        var cause = Children!.Cause;
        var reached = Children.Remove(child);
        _extras?.RestartStats?.Remove(child);
        switch (reached)
        {
            case SuspendReason.Recreation:
                FinishRecreate(cause!);
                break;
            case SuspendReason.Creation:
                FinishCreate();
                break;
            case SuspendReason.Termination:
                FinishTerminate();
                break;
        }
    }

    private void Terminate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        UnwatchWatchedActors();
        StopChildren();
        var wasTerminating = IsTerminating;
        if (Children is { } children && children.SetReason(SuspendReason.Termination, null))
        {
            if (wasTerminating) return;
            // No user message while the children go, and no failure to a supervisor that has let go of this actor.
            SuspendMailbox();
            SetFailed(_self);
            if (_system.Settings.DebugLifecycle) Publish(new Debug(SourceText, ActorType, "Stopping"));
        }
        else
        {
            FinishTerminate();
        }
    }

    // The order matters: a parent that also watches must see the child gone before it handles Terminated.
    private void FinishTerminate()
    {
        var actor = _actor;
        try
        {
            actor?.AroundPostStop();
            UnstashAll();
        }
        catch (Exception thrown)
        {
            Publish(new Error(thrown, SourceText, ActorType, thrown.Message));
        }

        Close();
        _dispatcher.Detach(this);
        if (_subscribed) _system.EventStream.Unsubscribe(_self);
        _parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true));
        TellWatchersWeDied();
        UnwatchWatchedActors();
        if (_system.Settings.DebugLifecycle) Publish(new Debug(SourceText, ActorType, "Stopped"));
        DropActor();
        _extras = null;
    }
}
