using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Death watch, from both sides.</summary>
internal sealed partial class ActorCell
{
    public IActorRef Watch(IActorRef subject) => WatchFor(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return WatchFor(subject, message);
    }

    private IActorRef WatchFor(IActorRef subject, object? message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(_self)) return subject;
        var watching = Extras.Watching ??= [];
        if (watching.TryAdd(watchee, message)) watchee.SendSystemMessage(new Watch(watchee, _self));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (_extras is null) return subject;
        if (_extras.Watching is { } watching && watching.Remove(subject))
            ((IInternalActorRef)subject).SendSystemMessage(new Unwatch((IInternalActorRef)subject, _self));
        _extras.TerminatedQueued?.Remove(subject);
        return subject;
    }

    /// <summary>The actor is gone; a watcher learns it through its mailbox, after what the dead one sent before.</summary>
    private void WatchedActorTerminated(DeathWatchNotification notification)
    {
        var actor = notification.Actor;
        if (_extras?.Watching is { } watching && watching.Remove(actor, out var custom) && !IsTerminating)
        {
            (_extras.TerminatedQueued ??= [])[actor] = custom;
            SendMessage(new Terminated(actor, notification.ExistenceConfirmed, notification.AddressTerminated), actor);
        }

        if (Children is { } children && children.TryGet(actor, out var child)) HandleChildTerminated(child);
    }

    private void ReceivedTerminated(Terminated terminated)
    {
        // Unwatch may have been called since it was queued.
        if (_extras?.TerminatedQueued is not { } queued || !queued.Remove(terminated.ActorRef, out var custom)) return;
        if (custom is not null) CurrentMessage = custom;
        ReceiveMessage(custom ?? terminated);
    }

    private void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!watchee.Equals(_self))
        {
            if (watcher.Equals(_self)) Watch(watchee);
            return;
        }

        if (watcher.Equals(_self)) return;
        switch (Extras.WatchedBy)
        {
            case null:
                Extras.WatchedBy = watcher;
                break;
            case HashSet<IActorRef> several:
                several.Add(watcher);
                break;
            case IActorRef one when !one.Equals(watcher):
                Extras.WatchedBy = new HashSet<IActorRef> { one, watcher };
                break;
        }

        if (_system.Settings.DebugLifecycle) Publish(new Debug(SourceText, ActorType, $"now watched by {watcher}"));
    }

    private void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!watchee.Equals(_self))
        {
            if (watcher.Equals(_self)) Unwatch(watchee);
            return;
        }

        switch (_extras?.WatchedBy)
        {
            case HashSet<IActorRef> several:
                several.Remove(watcher);
                break;
            case IActorRef one when one.Equals(watcher):
                _extras.WatchedBy = null;
                break;
        }

        if (_system.Settings.DebugLifecycle) Publish(new Debug(SourceText, ActorType, $"no longer watched by {watcher}"));
    }

    private void TellWatchersWeDied()
    {
        switch (_extras?.WatchedBy)
        {
            case HashSet<IActorRef> several:
                foreach (var watcher in several) TellWatcher(watcher);
                break;
            case IActorRef one:
                TellWatcher(one);
                break;
        }

        if (_extras is not null) _extras.WatchedBy = null;
    }

    private void TellWatcher(IActorRef watcher)
    {
        // The parent hears of every child anyway.
        if (!watcher.Equals(_parent)) ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true));
    }

    private void UnwatchWatchedActors()
    {
        if (_extras?.Watching is not { } watching) return;
        _extras.Watching = null;
        _extras.TerminatedQueued = null;
        foreach (var watchee in watching.Keys) ((IInternalActorRef)watchee).SendSystemMessage(new Unwatch((IInternalActorRef)watchee, _self));
    }
}
