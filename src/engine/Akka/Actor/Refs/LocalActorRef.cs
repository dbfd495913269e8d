using System.Diagnostics;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference to an actor of this process: a name, a uid and the cell. Its path is made when somebody asks.</summary>
[DebuggerDisplay("{Path}")]
internal sealed class LocalActorRef : ActorRefWithCell, IInternalActorRef, ICanTell
{
    private readonly ActorCell _cell;
    private ActorPath? _path;

    public LocalActorRef(ActorCell cell) => _cell = cell;

    public LocalActorRef(ActorCell cell, ActorPath path) : this(cell) => _path = path;

    public ActorCell Cell => _cell;

    public override ICell Underlying => _cell;

    public override IEnumerable<IActorRef> Children => _cell.ChildrenSnapshot();

    public override ActorPath Path => _path ??= new ChildActorPath(_cell.ParentRef.Path, _cell.Name, _cell.Uid);

    private protected override long Uid => _cell.Uid;
    public override int GetHashCode() => _cell.Uid.GetHashCode();

    public bool IsLocal => true;
    public IInternalActorRef Parent => _cell.ParentRef;
    public ActorSystemImpl SystemImpl => _cell.SystemImpl;
    public bool IsTerminated => _cell.IsTerminated;

    public IReadOnlyList<IInternalActorRef> GetChildren() => _cell.ChildrenSnapshot();

    public IInternalActorRef GetChild(string name) => _cell.SystemImpl.ChildOf(_cell, name);

    // The interface goes straight to the cell: one call less on the hottest path there is.
    void ICanTell.Tell(object message, IActorRef sender) => _cell.SendMessage(message, sender);
    protected override void TellInternal(object message, IActorRef sender) => _cell.SendMessage(message, sender);

    public void SendSystemMessage(SystemMessage message) => _cell.SendSystemMessage(message);

    public void Start() => _cell.Start();
    public void Stop() => _cell.SendSystemMessage(new Terminate());
    public void Suspend() => _cell.SendSystemMessage(new Suspend());
    public void Resume(Exception? causedByFailure) => _cell.SendSystemMessage(new Resume(causedByFailure));
    public void Restart(Exception cause) => _cell.SendSystemMessage(new Recreate(cause));
}
