using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Associations;
using Akka.Remote.Watching;

namespace Akka.Remote;

/// <summary>The reference to an actor of another system.</summary>
internal sealed class RemoteActorRef(Association association, ActorPath path) : ActorRefBase, IInternalActorRef, ICanTell
{
    private string? _placeInSystem;

    /// <summary>The number that stands for it on the connection whose table this is; touched only by the turn of the association.</summary>
    public object? NumberedBy;
    public int Number;

    public override ActorPath Path => path;
    public Association Association => association;

    /// <summary>The path without the address, with the uid: what the other system needs to find it.</summary>
    public string PlaceInSystem => _placeInSystem ??= path.Uid == ActorPath.UndefinedUid ? path.ToStringWithoutAddress() : $"{path.ToStringWithoutAddress()}#{path.Uid}";

    public bool IsLocal => false;
    public ActorSystemImpl SystemImpl => association.System;
    public bool IsTerminated => false;
    public IInternalActorRef Parent => path.Depth == 0 ? Nobody.Instance : new RemoteActorRef(association, path.Parent);

    public IInternalActorRef GetChild(string name) => name == ".." ? Parent : new RemoteActorRef(association, path.Child(name));
    public IReadOnlyList<IInternalActorRef> GetChildren() => [];

    void ICanTell.Tell(object message, IActorRef sender) => TellInternal(message, sender);

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case null:
                throw new InvalidMessageException("Message is null.");
            case DeadLetter letter:
                SystemImpl.DeadLetters.Tell(letter, sender);
                break;
            default:
                association.Send(message, sender, this);
                break;
        }
    }

    public void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch:
                association.Remoting.Provider.TellWatcher(new RemoteWatcher.Watched(this, watch.Watcher));
                break;
            case Unwatch unwatch:
                association.Remoting.Provider.TellWatcher(new RemoteWatcher.Unwatched(this, unwatch.Watcher));
                break;
            case DeathWatchNotification or Terminate:
                break;
            default:
                // Supervision ends at the border of the system.
                return;
        }

        association.SendSystem(message, this);
    }

    public void Start() { }
    public void Stop() => SendSystemMessage(new Terminate());
    public void Suspend() { }
    public void Resume(Exception? causedByFailure) { }
    public void Restart(Exception cause) { }
}
