using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference with no actor behind it: no children, no life cycle.</summary>
public abstract class MinimalActorRef : ActorRefBase, IInternalActorRef
{
    private protected MinimalActorRef() { }

    internal virtual IInternalActorRef ParentRef => Nobody.Instance;
    internal virtual ActorSystemImpl? SystemImpl => null;
    internal virtual bool Terminated => false;

    bool IActorRefScope.IsLocal => true;
    IInternalActorRef IInternalActorRef.Parent => ParentRef;
    ActorSystemImpl? IInternalActorRef.SystemImpl => SystemImpl;
    bool IInternalActorRef.IsTerminated => Terminated;

    /// <inheritdoc />
    protected override void TellInternal(object message, IActorRef sender) { }

    internal virtual void ReceiveSystemMessage(SystemMessage message) { }
    internal virtual IInternalActorRef ChildNamed(string name) => Nobody.Instance;

    IInternalActorRef IInternalActorRef.GetChild(string name) => ChildNamed(name);
    IReadOnlyList<IInternalActorRef> IInternalActorRef.GetChildren() => [];
    void IInternalActorRef.SendSystemMessage(SystemMessage message) => ReceiveSystemMessage(message);
    void IInternalActorRef.Start() { }
    void IInternalActorRef.Stop() => ReceiveSystemMessage(new Terminate());
    void IInternalActorRef.Suspend() => ReceiveSystemMessage(new Suspend());
    void IInternalActorRef.Resume(Exception? causedByFailure) => ReceiveSystemMessage(new Resume(causedByFailure));
    void IInternalActorRef.Restart(Exception cause) => ReceiveSystemMessage(new Recreate(cause));
}
