using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>Greets every other host at every beat and says which do not answer. One to a host, at <c>/system/cluster/heartbeat</c>.</summary>
internal sealed class HeartbeatActor : ReceiveActor, IWithTimers
{
    public const string PathBelowRoot = "system/cluster/heartbeat";

    private readonly Cluster _cluster;
    private readonly IActorRef _membership;
    private readonly PeerMonitor _monitor;
    private readonly Dictionary<int, TimeSpan> _connectAnewAt = [];
    private ImmutableDictionary<int, Address> _peers = ImmutableDictionary<int, Address>.Empty;
    private Reached _told = new([], []);

    public HeartbeatActor(Cluster cluster, IActorRef membership)
    {
        _cluster = cluster;
        _membership = membership;
        var settings = cluster.Settings.Membership;
        _monitor = new PeerMonitor(settings.HeartbeatPause, settings.FirstHeartbeatPause);
        Receive<Peers>(OnPeers);
        Receive<Beat>(_ => OnBeat());
        Receive<Heartbeat>(OnHeartbeat);
        Receive<HeartbeatResponse>(OnResponse);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("beat", Beat.Instance, _cluster.Settings.HeartbeatInterval);

    private void OnPeers(Peers peers)
    {
        var fresh = peers.ByUid.Keys.Except(_peers.Keys).ToList();
        _peers = peers.ByUid;
        foreach (var gone in _connectAnewAt.Keys.Where(uid => !_peers.ContainsKey(uid)).ToList()) _connectAnewAt.Remove(gone);
        _monitor.Watch(_cluster.Clock(), [.. _peers.Keys]);
        foreach (var uid in fresh) Greet(uid);
        Report();
    }

    private void OnBeat()
    {
        var now = _cluster.Clock();
        _monitor.Tick(now);
        foreach (var uid in _monitor.Silent) ConnectAnew(uid, now);
        foreach (var uid in _peers.Keys) Greet(uid);
        Report();
    }

    // What TCP sends again after a cut it sends ever later: when the cut heals a new connection is there sooner than the old one has noticed.
    private void ConnectAnew(int uid, TimeSpan now)
    {
        if (_connectAnewAt.TryGetValue(uid, out var next) && now < next) return;
        _connectAnewAt[uid] = now + _cluster.Settings.Membership.HeartbeatPause;
        _cluster.Disconnect(_peers[uid]);
    }

    private void Greet(int uid) => _cluster.Peer(_peers[uid], PathBelowRoot).Tell(new Heartbeat(_cluster.SelfUniqueAddress, uid), ActorRefs.NoSender);

    // A greeting that was meant for the incarnation before is not answered: that one is dead.
    private void OnHeartbeat(Heartbeat heartbeat)
    {
        var self = _cluster.SelfUniqueAddress;
        if (heartbeat.To == self.Uid) _cluster.Peer(heartbeat.From.Address, PathBelowRoot).Tell(new HeartbeatResponse(self.Uid, heartbeat.From.Uid), ActorRefs.NoSender);
    }

    private void OnResponse(HeartbeatResponse response)
    {
        if (response.To != _cluster.SelfUniqueAddress.Uid) return;
        _monitor.Heard(_cluster.Clock(), response.From);
        Report();
    }

    private void Report()
    {
        if (_monitor.Silent.SetEquals(_told.Silent) && _monitor.Answered.SetEquals(_told.Answered)) return;
        _told = new Reached(_monitor.Answered, _monitor.Silent);
        _membership.Tell(_told);
    }

    /// <summary>Who is to be greeted.</summary>
    public sealed record Peers(ImmutableDictionary<int, Address> ByUid);

    /// <summary>To the membership actor: who has answered since it is known, and who does not any more.</summary>
    public sealed record Reached(ImmutableHashSet<int> Answered, ImmutableHashSet<int> Silent);

    /// <summary>To the same actor of another host: are you there?</summary>
    public sealed record Heartbeat(UniqueAddress From, int To) : IClusterMessage;

    /// <summary>The answer.</summary>
    public sealed record HeartbeatResponse(int From, int To) : IClusterMessage;

    private sealed record Beat
    {
        public static readonly Beat Instance = new();
    }
}

/// <summary>What the cluster's own actors send to other hosts.</summary>
internal interface IClusterMessage;
