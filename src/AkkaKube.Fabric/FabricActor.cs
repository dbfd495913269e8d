using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Fabric;

/// <summary>
/// The emulated network: knows who has which address and who listens where, and brings the two ends of a connection together.
/// The bytes then go from end to end without it.
/// </summary>
public sealed partial class FabricActor : ReceiveActor, IWithTimers
{
    private sealed record Address(string Node, IActorRef Owner);

    private sealed record Listener(IActorRef Ref, bool LoopbackOnly);

    private const int FirstEphemeralPort = 32768;
    private const int EphemeralPorts = 28232;

    private readonly FabricSettings _settings;
    private readonly Affinity _affinity;
    private readonly Random _random;
    private readonly Dictionary<string, Address> _addresses = [];
    private readonly Dictionary<SocketAddress, Listener> _listeners = [];
    private readonly Dictionary<string, IRoutes> _routes = [];
    private readonly Dictionary<IActorRef, SocketAddress[]> _heldBy = [];
    private IActorRef? _wire;
    private IActorRef? _resolver;
    private long _ends;
    private long _opened;
    private long _ended;
    private long _refused;
    private long _timedOut;
    private long _bytes;

    /// <summary>Use <see cref="Props"/>.</summary>
    public FabricActor(FabricSettings settings, Random random)
    {
        _settings = settings;
        _random = random;
        _affinity = new Affinity();
        Receive<Attach>(On);
        Receive<Detach>(detach => Release(detach.Ip, detach.Owner));
        Receive<Listen>(On);
        Receive<Unlisten>(unlisten => Unhear(unlisten.Address, unlisten.Listener));
        Receive<Connect>(connect =>
        {
            var now = Context.System.Scheduler.MonotonicClock;
            Open(new Attempt(connect, Sender, now, now + (connect.Timeout < _settings.ConnectTimeout ? connect.Timeout.Value : _settings.ConnectTimeout)));
        });
        Receive<Attempt>(attempt =>
        {
            if (attempt.Deadline <= Context.System.Scheduler.MonotonicClock) GiveUp(attempt);
            else Open(attempt.Again());
        });
        Receive<DeadLetter>(On);
        Receive<ConnectionEnded>(ended =>
        {
            // What came from another host is counted there.
            if (_incoming.Remove(ended.Id)) return;
            _outgoing.Remove(ended.Id);
            _ended++;
            _bytes += ended.BytesSent + ended.BytesReceived;
        });
        Receive<SetRoutes>(set => _routes[set.Node] = set.Routes);
        Receive<RemoveRoutes>(remove => _routes.Remove(remove.Node));
        Receive<SetResolver>(set => _resolver = set.Resolver);
        Receive<Resolve>(On);
        Receive<GetStatistics>(_ => Sender.Tell(
            new Statistics(_addresses.Count, _listeners.Count, _opened, _ended, _refused, _timedOut, _bytes) { Elsewhere = _elsewhere.Count }));
        Receive<Terminated>(terminated =>
        {
            if (!LosePeer(terminated.ActorRef)) ReleaseAll(terminated.ActorRef);
        });
        ReceivePeers();
    }

    /// <summary>The fabric of one host; its place is <c>/user/fabric</c>. Alone it is that of the whole cluster.</summary>
    public static Props Props(FabricSettings settings, Random random) => Akka.Actor.Props.Create(() => new FabricActor(settings, random));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        if (_settings.Latency > TimeSpan.Zero) _wire = Context.ActorOf(LatencyWire.Props(_settings.Latency), "wire");
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self, typeof(DeadLetter));

    private void On(Attach attach)
    {
        if (_addresses.TryGetValue(attach.Ip, out var holder) && !holder.Owner.Equals(attach.Owner))
        {
            Sender.Tell(new AddressInUse(new SocketAddress(attach.Ip, 0)));
            return;
        }

        _addresses[attach.Ip] = new Address(attach.Node, attach.Owner);
        Hold(attach.Owner, new SocketAddress(attach.Ip, 0));
        Say(attach.Ip, new PeerAddress(attach.Ip, attach.Node));
        Sender.Tell(new Attached(attach.Ip));
    }

    private void On(Listen listen)
    {
        if (!_addresses.ContainsKey(listen.Address.Ip))
        {
            Sender.Tell(new ListenFailed(listen.Address, "Cannot assign requested address", listen.Tag));
        }
        else if (_listeners.TryGetValue(listen.Address, out var holder) && !holder.Ref.Equals(listen.Listener))
        {
            Sender.Tell(new ListenFailed(listen.Address, "Address already in use", listen.Tag));
        }
        else
        {
            _listeners[listen.Address] = new Listener(listen.Listener, listen.LoopbackOnly);
            Hold(listen.Listener, listen.Address);
            Sender.Tell(new Listening(listen.Address, listen.Tag));
        }
    }

    private void Open(Attempt attempt)
    {
        var (route, sourceIp, target) = attempt.Led ?? Decide(attempt.Request.SourceIp, attempt.Request.Target);
        switch (route)
        {
            case Route.RejectRoute:
                Refuse(attempt);
                break;
            case Route.DropRoute:
                WaitOn(attempt);
                break;
            default:
                if (route is Route.Balance) attempt = attempt with { Led = (route, sourceIp, target) };
                if (!_addresses.ContainsKey(target.Ip))
                {
                    if (_elsewhere.Find(target.Ip) is { } there) LeadAcross(attempt, sourceIp, target, there.Peer, route is Route.Balance);
                    else WaitOn(attempt);
                }
                else if (!_listeners.TryGetValue(target, out var listener) || (listener.LoopbackOnly && !attempt.Request.Target.IsLoopback)) Refuse(attempt);
                else BringTogether(attempt, sourceIp, target, listener.Ref);
                break;
        }
    }

    private void BringTogether(Attempt attempt, string sourceIp, SocketAddress target, IActorRef listener)
    {
        _opened++;
        var id = 2 * ++_ends;
        var source = new SocketAddress(sourceIp, FirstEphemeralPort + _random.Next(EphemeralPorts));
        var theirs = new Connection(id + 1, id, target, source, attempt.Connector, _settings.Window, _wire);
        LatencyWire.Deliver(_wire, listener, new Incoming(theirs, attempt.Request.Tag, attempt.Request.Target), attempt.Connector);
    }

    private void Refuse(Attempt attempt)
    {
        _refused++;
        LatencyWire.Deliver(_wire, attempt.Connector, new Refused(attempt.Request.Target, attempt.Request.Tag), Self);
    }

    /// <summary>Nobody has answered: tried again, or given up, when its time has come.</summary>
    private void WaitOn(Attempt attempt) =>
        Context.System.Scheduler.ScheduleTellOnce(attempt.Wait(Context.System.Scheduler.MonotonicClock), Self, attempt, Self);

    private void GiveUp(Attempt attempt)
    {
        _timedOut++;
        attempt.Connector.Tell(new TimedOut(attempt.Request.Target, attempt.Request.Tag), Self);
    }

    /// <summary>One end stopped before it knew of the connection: as where a process ends before it has accepted, the other end is told.</summary>
    private void On(DeadLetter letter)
    {
        switch (letter.Message)
        {
            case Incoming incoming:
                incoming.Refuse(Self);
                break;
            case Connected connected:
                connected.Connection.Send(new Connection.Reset(connected.Connection.PeerId), Self);
                break;
        }
    }

    /// <summary>The rules of the node it starts from apply, then, to what is addressed to a node, the rules of that node.</summary>
    private (Route Route, string SourceIp, SocketAddress Target) Decide(string sourceIp, SocketAddress target)
    {
        if (target.IsLoopback || target.Ip == "0.0.0.0") target = target with { Ip = sourceIp };
        var from = _addresses.TryGetValue(sourceIp, out var source) ? source.Node : null;
        var decision = Apply(from, sourceIp, target);
        if (decision.Route is not Route.DirectRoute || !_addresses.TryGetValue(target.Ip, out var there) || there.Node == from) return decision;
        return Apply(there.Node, sourceIp, target);
    }

    private (Route Route, string SourceIp, SocketAddress Target) Apply(string? node, string sourceIp, SocketAddress target)
    {
        var route = node is not null && _routes.TryGetValue(node, out var routes) ? routes.Find(new SocketAddress(sourceIp, 0), target) : Route.Direct;
        if (route is not Route.Balance balance) return (route, sourceIp, target);
        var chosen = _affinity.Choose(balance, node!, sourceIp, target, Context.System.Scheduler.Now, _random);
        return (route, balance.SourceIp ?? sourceIp, chosen);
    }

    private void On(Resolve resolve)
    {
        if (_resolver is null) Sender.Tell(new NotResolved(resolve.Name, ResolveFailure.NoServer, resolve.Tag));
        else _resolver.Forward(resolve);
    }

    private void Hold(IActorRef holder, SocketAddress address)
    {
        // One or two each, for very many holders: an array is the smallest set.
        if (!_heldBy.TryGetValue(holder, out var held)) Context.Watch(holder);
        else if (held.Contains(address)) return;
        _heldBy[holder] = [.. held ?? [], address];
    }

    private void Release(string ip, IActorRef owner)
    {
        if (!_addresses.TryGetValue(ip, out var address) || !address.Owner.Equals(owner)) return;
        _addresses.Remove(ip);
        Say(ip, null);
        Drop(owner, new SocketAddress(ip, 0));
        // What the owner listens on goes with its address; a stranger's listener on a node's address ends when the stranger does.
        if (!_heldBy.TryGetValue(owner, out var held)) return;
        foreach (var listened in held.Where(a => a.Ip == ip).ToList()) Unhear(listened, owner);
    }

    private void Unhear(SocketAddress address, IActorRef listener)
    {
        if (!_listeners.TryGetValue(address, out var holder) || !holder.Ref.Equals(listener)) return;
        _listeners.Remove(address);
        Drop(listener, address);
    }

    private void Drop(IActorRef holder, SocketAddress address)
    {
        if (!_heldBy.TryGetValue(holder, out var held) || !held.Contains(address)) return;
        if (held.Length > 1)
        {
            _heldBy[holder] = [.. held.Where(a => a != address)];
            return;
        }

        _heldBy.Remove(holder);
        Context.Unwatch(holder);
    }

    private void ReleaseAll(IActorRef holder)
    {
        if (!_heldBy.Remove(holder, out var held)) return;
        foreach (var address in held)
        {
            if (address.Port != 0) _listeners.Remove(address);
            else if (_addresses.Remove(address.Ip)) Say(address.Ip, null);
        }
    }
}
