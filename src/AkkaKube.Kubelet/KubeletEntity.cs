using Akka.Actor;
using Akka.Event;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Nodes;

namespace AkkaKube.Kubelet;

/// <summary>
/// A node in a cluster of hosts: the entity behind one Node object, wherever its shard is. It runs a kubelet as long as the object is
/// there and the machine is switched on; all it needs for that the object tells. A kubelet that fails is started again: its pods go on.
/// </summary>
public sealed class KubeletEntity : UntypedActor, IWithTimers
{
    /// <summary>To the region: this node's kubelet should run somewhere. Nothing happens where it does.</summary>
    public sealed record Run(string Node);

    /// <summary>The shard goes to another host (the message that ends entities at a hand-off): stop, and say nothing.</summary>
    public sealed record HandOff
    {
        /// <summary>The one instance.</summary>
        public static readonly HandOff Instance = new();
    }

    private sealed record GiveUp
    {
        public static readonly GiveUp Instance = new();
    }

    private sealed record StartAgain
    {
        public static readonly StartAgain Instance = new();
    }

    // Another host may have seen the Node object before this one does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(1);
    private readonly string _name;
    private readonly IActorRef _host;
    private readonly object _passivate;
    private readonly List<(ReadLog Request, IActorRef Reader)> _readers = [];
    private KubeletHost.Welcome? _welcome;
    private Node? _node;
    private bool _known;
    private IActorRef? _kubelet;
    private string? _uid;
    private bool _ending;
    private bool _leaving;

    private KubeletEntity(string name, IActorRef host, object passivate) => (_name, _host, _passivate) = (name, host, passivate);

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The entity of a node.</summary>
    /// <param name="node">The node's name, which is the entity's id.</param>
    /// <param name="host">The <see cref="KubeletHost"/> of this host.</param>
    /// <param name="passivate">What the entity tells its shard when it is not needed any more: Passivate with <see cref="HandOff"/>.</param>
    public static Props Props(string node, IActorRef host, object passivate) => Akka.Actor.Props.Create(() => new KubeletEntity(node, host, passivate));

    /// <inheritdoc/>
    protected override void PreStart() => _host.Tell(new KubeletHost.Follow(_name));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        Context.GetLogger().Error(error, "The kubelet of node {0} has failed and is started again", _name);
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Run:
                break;
            case KubeletHost.Welcome welcome:
                _welcome = welcome;
                break;
            case KubeletHost.NodeIs now:
                (_node, _known) = (now.Node, true);
                Decide();
                break;
            case ReadLog read:
                if (_kubelet is not null && !_ending) _kubelet.Forward(read);
                else if (_known && Wanted is null) Refuse(read, Sender);
                else _readers.Add((read, Sender));
                break;
            case Terminated gone when gone.ActorRef.Equals(_kubelet):
                OnKubeletStopped();
                break;
            case StartAgain:
                Decide();
                break;
            case GiveUp:
                if (_kubelet is null && Wanted is null) Context.Parent.Tell(_passivate);
                break;
            case HandOff:
                _leaving = true;
                if (_kubelet is null) Context.Stop(Self);
                else End();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Who the kubelet would be; null while the node is not there, switched off, or has no address or pod network yet.</summary>
    private NodeIdentity? Wanted => IsOn ? NodeIdentities.Of(_node!) : null;

    private bool IsOn => _node is not null && NodePower.Of(_node) != NodePower.Off;

    private void Decide()
    {
        if (_leaving || Timers.IsTimerActive(nameof(StartAgain))) return;
        if (_kubelet is not null)
        {
            // An object that came anew under the same name is another machine.
            if (!IsOn || _node!.Metadata.Uid != _uid) End();
            else if (!_ending) _kubelet.Tell(new KubeletActor.NodeChanged(_node));
        }
        else if (Wanted is { } identity)
        {
            Start(identity);
        }
        else if (!IsOn)
        {
            foreach (var (request, reader) in _readers) Refuse(request, reader);
            _readers.Clear();
            Timers.StartSingleTimer(nameof(GiveUp), GiveUp.Instance, Patience);
        }
    }

    private void Start(NodeIdentity identity)
    {
        Timers.Cancel(nameof(GiveUp));
        var (services, process, tokens) = _welcome!;
        var arrival = NodePower.Of(_node!) == NodePower.Booting ? NodeArrival.Rebooted : NodeArrival.Moved;
        _uid = _node!.Metadata.Uid;
        _ending = false;
        _kubelet = Context.Watch(Context.ActorOf(KubeletActor.Props(identity, _node, services, process, tokens, arrival)));
        foreach (var (request, reader) in _readers) _kubelet.Tell(request, reader);
        _readers.Clear();
    }

    private void End()
    {
        if (_ending) return;
        _ending = true;
        _kubelet!.Tell(KubeletActor.Withdraw.Instance);
    }

    private void OnKubeletStopped()
    {
        _kubelet = null;
        if (_leaving)
        {
            Context.Stop(Self);
        }
        else if (_ending)
        {
            _ending = false;
            Decide();
        }
        else
        {
            Timers.StartSingleTimer(nameof(StartAgain), StartAgain.Instance, RestartAfter);
        }
    }

    private void Refuse(ReadLog request, IActorRef reader) =>
        reader.Tell(new Failed(request.Tag, StatusErrors.InternalError($"the kubelet of node {_name} is not reachable")));
}
