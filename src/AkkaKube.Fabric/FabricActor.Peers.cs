using Akka.Actor;

namespace AkkaKube.Fabric;

/// <summary>
/// One fabric of several, each on a host of its own: it tells the others which addresses it has, and leads connections to theirs. A
/// connection's segments go from end to end over remoting; when a host is gone, the fabric resets what led there.
/// </summary>
public sealed partial class FabricActor
{
    /// <summary>A connection to another host.</summary>
    private sealed class Outgoing(Peer peer, Attempt attempt)
    {
        public Peer Peer { get; set; } = peer;

        public Attempt Attempt => attempt;

        /// <summary>A listener has it: from now on the two ends know of each other.</summary>
        public bool IsTaken { get; set; }
    }

    private sealed record Sweep
    {
        public static readonly Sweep Instance = new();
    }

    private sealed record TellPeers
    {
        public static readonly TellPeers Instance = new();
    }

    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);
    private const int SweepsPerVersion = 5;
    private const int AddressesPerMessage = 2000;

    private readonly PeerAddresses _elsewhere = new();
    // By path: an actor that comes again at the same place is a host that has started again.
    private readonly Dictionary<ActorPath, Peer> _peers = [];
    private readonly Dictionary<ActorPath, IActorRef> _members = [];
    private readonly Dictionary<string, PeerAddress?> _unsaid = [];
    private readonly Dictionary<long, Outgoing> _outgoing = [];
    private readonly Dictionary<long, (Peer Peer, IActorRef Listener)> _incoming = [];
    private long _version;
    private int _sweeps;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private void ReceivePeers()
    {
        Receive<Peers>(On);
        Receive<PeerTable>(On);
        Receive<PeerChanged>(On);
        Receive<PeerVersion>(version =>
        {
            if (Meet(Sender).Version != version.Version) Sender.Tell(new AskPeerTable());
        });
        Receive<AskPeerTable>(_ => Tell(Meet(Sender)));
        Receive<TellPeers>(_ => FlushChanges());
        Receive<Across>(On);
        Receive<AcrossTaken>(taken =>
        {
            if (!_outgoing.TryGetValue(taken.Id, out var outgoing)) return;
            outgoing.IsTaken = true;
            outgoing.Peer = Meet(Sender);
        });
        Receive<AcrossRefused>(refused =>
        {
            if (_outgoing.Remove(refused.Id, out var outgoing)) Refuse(outgoing.Attempt);
        });
        Receive<AcrossUnanswered>(unanswered =>
        {
            if (_outgoing.Remove(unanswered.Id, out var outgoing)) WaitOn(outgoing.Attempt);
        });
        Receive<Sweep>(_ => OnSweep());
    }

    // ---- who the others are

    private void On(Peers peers)
    {
        var paths = peers.Fabrics.Select(p => p.Path).ToHashSet();
        foreach (var gone in _members.Keys.Where(p => !paths.Contains(p)).ToList())
        {
            _members.Remove(gone);
            if (_peers.TryGetValue(gone, out var peer)) Lose(peer);
        }

        foreach (var fabric in peers.Fabrics.Where(f => !f.Equals(Self))) _members[fabric.Path] = fabric;
        foreach (var fabric in _members.Values) Meet(fabric);
        if (_members.Count == 0 && _peers.Count == 0) Timers.Cancel(nameof(Sweep));
    }

    /// <summary>The peer at this reference; one that was not known is told all that is here.</summary>
    private Peer Meet(IActorRef fabric)
    {
        if (_peers.TryGetValue(fabric.Path, out var known))
        {
            // A reference without a uid means whoever is there now.
            if (known.Ref.Path.Uid == fabric.Path.Uid || fabric.Path.Uid == 0) return known;
            Lose(known);
        }

        if (!Timers.IsTimerActive(nameof(Sweep))) Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, SweepPeriod);
        FlushChanges();
        var peer = new Peer(fabric);
        _peers[fabric.Path] = peer;
        Context.Watch(fabric);
        Tell(peer);
        return peer;
    }

    private void Tell(Peer peer)
    {
        // In parts, so that nothing else on the way to the other host waits for long.
        var parts = _addresses.Select(a => new PeerAddress(a.Key, a.Value.Node)).Chunk(AddressesPerMessage).ToList();
        if (parts.Count == 0) parts.Add([]);
        for (var i = 0; i < parts.Count; i++) peer.Ref.Tell(new PeerTable(_version, parts[i]) { HasMore = i < parts.Count - 1 });
    }

    private void On(PeerTable table)
    {
        var peer = Meet(Sender);
        // Parts of an older version are of a table whose end was lost.
        if (peer.Parts is not { } parts || parts.Version != table.Version) peer.Parts = parts = (table.Version, []);
        parts.Addresses.AddRange(table.Addresses);
        if (table.HasMore) return;
        peer.Parts = null;
        peer.Version = table.Version;
        _elsewhere.Replace(peer, parts.Addresses);
    }

    private void On(PeerChanged changed)
    {
        var peer = Meet(Sender);
        if (peer.Version is not { } before || changed.Version > before + 1)
        {
            Sender.Tell(new AskPeerTable());
            return;
        }

        // Older than the table that has come since.
        if (changed.Version <= before) return;
        peer.Version = changed.Version;
        foreach (var ip in changed.Detached) _elsewhere.Remove(peer, ip);
        foreach (var address in changed.Attached) _elsewhere.Add(peer, address.Ip, address.Node);
    }

    /// <summary>Notes a change for the others; a rush of them is told at once.</summary>
    private void Say(string ip, PeerAddress? address)
    {
        if (_peers.Count == 0) return;
        if (_unsaid.Count == 0) Self.Tell(TellPeers.Instance);
        _unsaid[ip] = address;
    }

    private void FlushChanges()
    {
        if (_unsaid.Count == 0) return;
        foreach (var part in _unsaid.Chunk(AddressesPerMessage))
        {
            var changed = new PeerChanged(++_version, [.. part.Select(u => u.Value).OfType<PeerAddress>()], [.. part.Where(u => u.Value is null).Select(u => u.Key)]);
            foreach (var peer in _peers.Values) peer.Ref.Tell(changed);
        }

        _unsaid.Clear();
    }

    private bool LosePeer(IActorRef fabric)
    {
        if (!_peers.TryGetValue(fabric.Path, out var peer) || !peer.Ref.Equals(fabric)) return false;
        Lose(peer);
        return true;
    }

    private void Lose(Peer peer)
    {
        Context.Unwatch(peer.Ref);
        _peers.Remove(peer.Ref.Path);
        _elsewhere.Drop(peer);
        foreach (var (id, outgoing) in _outgoing.Where(o => o.Value.Peer == peer).ToList())
        {
            _outgoing.Remove(id);
            LatencyWire.Deliver(_wire, outgoing.Attempt.Connector, new Connection.Reset(id), Self);
            // It may not have been accepted yet: then it is as if nobody were there. One that was is over by then and takes no notice.
            if (outgoing.IsTaken) Late(outgoing.Attempt);
            else WaitOn(outgoing.Attempt);
        }

        foreach (var (id, incoming) in _incoming.Where(i => i.Value.Peer == peer).ToList())
        {
            _incoming.Remove(id);
            LatencyWire.Deliver(_wire, incoming.Listener, new Connection.Reset(id), Self);
        }
    }

    private void OnSweep()
    {
        if (++_sweeps % SweepsPerVersion == 0)
        {
            // One that was lost although its host lives is met again.
            foreach (var member in _members.Values) Meet(member);
            foreach (var peer in _peers.Values) peer.Ref.Tell(new PeerVersion(_version));
        }

        var now = Context.System.Scheduler.MonotonicClock;
        foreach (var (id, outgoing) in _outgoing.Where(o => !o.Value.IsTaken && o.Value.Attempt.Deadline <= now).ToList())
        {
            _outgoing.Remove(id);
            GiveUp(outgoing.Attempt);
        }
    }

    // ---- connections

    private void LeadAcross(Attempt attempt, string sourceIp, SocketAddress target, Peer peer, bool isFinal)
    {
        var id = 2 * ++_ends;
        _outgoing[id] = new Outgoing(peer, attempt);
        var source = new SocketAddress(sourceIp, FirstEphemeralPort + _random.Next(EphemeralPorts));
        peer.Ref.Tell(new Across(id, attempt.Request, attempt.Connector, Self, _wire, source, target, isFinal));
    }

    private void On(Across across)
    {
        var (target, source, isFinal) = (across.Target, across.Source, across.IsFinal);
        if (!isFinal && _addresses.TryGetValue(target.Ip, out var there))
        {
            var decision = Apply(there.Node, source.Ip, target);
            switch (decision.Route)
            {
                case Route.RejectRoute:
                    across.Origin.Tell(new AcrossRefused(across.Id));
                    return;
                case Route.DropRoute:
                    across.Origin.Tell(new AcrossUnanswered(across.Id));
                    return;
            }

            isFinal = true;
            (target, source) = (decision.Target, source with { Ip = decision.SourceIp });
        }

        if (!_addresses.ContainsKey(target.Ip))
        {
            // A node port leads on to a pod of a third host.
            if (isFinal && !across.IsFinal && _elsewhere.Find(target.Ip) is { } further)
                further.Peer.Ref.Tell(across with { Source = source, Target = target, IsFinal = true });
            else
                across.Origin.Tell(new AcrossUnanswered(across.Id));
        }
        else if (!_listeners.TryGetValue(target, out var listener) || listener.LoopbackOnly)
        {
            across.Origin.Tell(new AcrossRefused(across.Id));
        }
        else
        {
            _opened++;
            var id = 2 * ++_ends;
            _incoming[id] = (Meet(across.Origin), listener.Ref);
            across.Origin.Tell(new AcrossTaken(across.Id));
            var theirs = new Connection(id, across.Id, target, source, across.Connector, _settings.Window, _wire);
            LatencyWire.Deliver(_wire, listener.Ref, new Incoming(theirs, across.Request.Tag, across.Request.Target) { From = new Incoming.Elsewhere(across.Origin, across.Wire, Self) }, across.Connector);
        }
    }

    /// <summary>Given up when its time is over, without another try.</summary>
    private void Late(Attempt attempt)
    {
        var left = attempt.Deadline - Context.System.Scheduler.MonotonicClock;
        Context.System.Scheduler.ScheduleTellOnce(
            left > TimeSpan.Zero ? left : TimeSpan.Zero, attempt.Connector, new TimedOut(attempt.Request.Target, attempt.Request.Tag), Self);
    }
}
