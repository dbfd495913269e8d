using System.Diagnostics;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// What stands around an actor: its mailbox, its place in the tree, its life cycle. One object per actor, with the fields that every
/// actor needs; the rest is in <see cref="CellExtras"/>. Everything but the mailbox's entrance is touched only by the turn that runs.
/// </summary>
[DebuggerDisplay("{Self}")]
internal sealed partial class ActorCell : IUntypedActorContext, IRunnable, ICell
{
    private readonly ActorSystemImpl _system;
    private readonly LocalActorRef _self;
    private readonly IInternalActorRef _parent;
    private readonly Props _props;
    private readonly MessageDispatcher _dispatcher;
    private readonly string _name;
    private readonly long _uid;

    private ActorBase? _actor;
    private Receive _behavior = ActorBase.InitialBehavior;
    private IActorRef? _sender;
    private CellExtras? _extras;
    private volatile bool _subscribed;

    public ActorCell(ActorSystemImpl system, IInternalActorRef parent, Props props, MessageDispatcher dispatcher, MailboxType? mailbox, string name, long uid, ActorPath? path = null)
    {
        _system = system;
        _parent = parent;
        _props = props;
        _dispatcher = dispatcher;
        _name = name;
        _uid = uid;
        _self = path is null ? new LocalActorRef(this) : new LocalActorRef(this, path);
        _queue = mailbox?.Create(_self, system);
        _status = Scheduled; // nobody but Start may run it first
        _systemInbox = new Create();
    }

    public object? CurrentMessage { get; set; }

    public ActorBase? Actor => _actor;
    public string Name => _name;
    public long Uid => _uid;
    public ActorSystemImpl SystemImpl => _system;
    public IInternalActorRef ParentRef => _parent;
    public Props Props => _props;
    public ActorSystem System => _system;
    public IActorRef Self => _self;
    public IActorRef Parent => _parent;
    public IActorRef Sender => _sender ?? _system.DeadLetters;
    public MessageDispatcher Dispatcher => _dispatcher;
    public bool IsTerminated => (Volatile.Read(ref _status) & Closed) != 0;

    void ICell.Suspend() => _self.Suspend();

    void ICell.Resume(Exception? causedByFailure) => _self.Resume(causedByFailure);

    private CellExtras Extras => _extras ??= new CellExtras();

    private string SourceText => _self.Path.ToString();
    private Type ActorType => _actor?.GetType() ?? _props.Type;

    /// <summary>Notes that the event stream must forget the actor when it dies.</summary>
    public void MarkSubscribed() => _subscribed = true;

    /// <summary>Runs the cell for the first time.</summary>
    public void Start()
    {
        _dispatcher.Attach(this);
        _dispatcher.Execute(this);
    }

    public ActorSelection ActorSelection(ActorPath actorPath) => new(_system.ResolveRoot(actorPath), actorPath.ElementsWithUid);
    public ActorSelection ActorSelection(string actorPath) => SelectionParser.Parse(_system, _self, actorPath);

    public IActorRef ActorOf(Props props, string? name = null) => AttachChild(props, name);

    private void Publish(Event.LogEvent logEvent) => _system.EventStream.Publish(logEvent);

    public override string ToString() => _self.ToString();
}
