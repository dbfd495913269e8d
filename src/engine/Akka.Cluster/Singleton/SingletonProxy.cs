using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>The way to a singleton, wherever it is: hands messages on with their sender, and keeps them while it is nowhere.</summary>
internal sealed class SingletonProxy : ActorBase, IWithTimers
{
    private readonly string _managerPath;
    private readonly ClusterSingletonProxySettings _settings;
    private readonly ICanTell _ownership;
    private readonly Func<MemberRow, ICanTell> _singletonOn;
    private readonly string _lease;
    private readonly Queue<(object Message, IActorRef Sender)> _waiting = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private OwnershipProtocol.View? _view;
    private (int Uid, long Epoch)? _owner;
    private IActorRef? _singleton;

    public SingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings, ICanTell? ownership, Func<MemberRow, ICanTell>? singletonOn)
    {
        _managerPath = singletonManagerPath;
        _settings = settings;
        _ownership = ownership ?? Cluster.Get(Context.System).Ownership;
        _singletonOn = singletonOn ?? PeerOf(Context.System);
        _lease = SingletonPlace.Lease(singletonManagerPath, settings.SingletonName);
    }

    /// <summary>The timers.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings, ICanTell? ownership, Func<MemberRow, ICanTell>? singletonOn) =>
        Actor.Props.Create(() => new SingletonProxy(singletonManagerPath, settings, ownership, singletonOn));

    private Func<MemberRow, ICanTell> PeerOf(ActorSystem system)
    {
        var path = $"{_managerPath.TrimStart('/')}/{_settings.SingletonName}";
        return member => Cluster.Get(system).Peer(Address.Parse(member.Address), path);
    }

    protected override void PreStart()
    {
        _ownership.Tell(new OwnershipProtocol.Subscribe(), Self);
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, _settings.SingletonIdentificationInterval);
    }

    protected override void PostStop()
    {
        foreach (var (message, sender) in _waiting) Context.System.DeadLetters.Tell(message, sender);
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case OwnershipProtocol.View view:
                On(view);
                return true;
            case Look when _view is null:
                _ownership.Tell(new OwnershipProtocol.Subscribe(), Self);
                return true;
            case Look:
                Identify();
                return true;
            case ActorIdentity { MessageId: string asked } identity when asked.StartsWith(_lease, StringComparison.Ordinal):
                if (asked == Question && identity.Subject is { } subject && _singleton is null) Found(subject);
                return true;
            case Terminated terminated:
                if (terminated.ActorRef.Equals(_singleton)) _singleton = null;
                return true;
            default:
                Forward(message);
                return true;
        }
    }

    private void On(OwnershipProtocol.View view)
    {
        _view = view;
        (int Uid, long Epoch)? owner = view.Leases.TryGetValue(_lease, out var row) && row.Owner is { } uid && !view.IsFree(_lease) ? (uid, row.Epoch) : null;
        if (owner == _owner) return;
        _owner = owner;
        if (_singleton is { } gone) Context.Unwatch(gone);
        _singleton = null;
        Identify();
    }

    private void Identify()
    {
        if (_singleton is not null || _owner is not { } owner || _view!.Members.Find(m => m.Uid == owner.Uid) is not { } member) return;
        _singletonOn(member).Tell(new Identify(Question), Self);
    }

    private void Found(IActorRef singleton)
    {
        _log.Debug("Singleton [{0}] is at {1}", _lease, singleton.Path);
        _singleton = Context.Watch(singleton);
        while (_waiting.TryDequeue(out var next)) singleton.Tell(next.Message, next.Sender);
    }

    private void Forward(object message)
    {
        if (_singleton is { } singleton)
        {
            singleton.Tell(message, Sender);
            return;
        }

        if (_settings.BufferSize == 0)
        {
            Context.System.DeadLetters.Tell(message, Sender);
            return;
        }

        if (_waiting.Count == _settings.BufferSize)
        {
            var (oldest, sender) = _waiting.Dequeue();
            _log.Warning("{0} messages wait for singleton [{1}] of {2}; the oldest is dropped", _settings.BufferSize, _lease, _managerPath);
            Context.System.DeadLetters.Tell(oldest, sender);
        }

        _waiting.Enqueue((message, Sender));
    }

    /// <summary>What the actor is asked by this time; an answer to an earlier question does not count.</summary>
    private string Question => $"{_lease}#{_owner?.Epoch}";

    private sealed class Look
    {
        public static readonly Look Instance = new();
    }
}
