using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote.Watching;

/// <summary>
/// Knows who here watches an actor elsewhere. When the other system is gone, it tells them in the place of the actor that cannot any more.
/// By itself it finds that out with heartbeats to the watcher of the other side.
/// </summary>
internal sealed class RemoteWatcher : ReceiveActor, IWithTimers
{
    public const string Name = "remote-watcher";

    /// <summary><paramref name="Watcher"/>, here, watches <paramref name="Watchee"/>, elsewhere.</summary>
    public sealed record Watched(IInternalActorRef Watchee, IInternalActorRef Watcher) : INoSerializationVerificationNeeded;

    /// <summary>It does no longer, or has been told.</summary>
    public sealed record Unwatched(IActorRef Watchee, IActorRef Watcher) : INoSerializationVerificationNeeded;

    /// <summary>No actor of an incarnation lives any more.</summary>
    public sealed record IncarnationGone(Address Address, int Uid) : INoSerializationVerificationNeeded;

    /// <summary>Are you there?</summary>
    public sealed record Heartbeat : IHeartbeatMessage;

    /// <summary>I am, and this is my incarnation.</summary>
    public sealed record HeartbeatRsp(int Uid) : IHeartbeatMessage;

    private sealed record Tick;

    private sealed record ExpectedFirst(Address Address);

    private readonly RemoteActorRefProvider _provider;
    private readonly Dictionary<Address, Dictionary<IActorRef, HashSet<IActorRef>>> _watched = [];
    private readonly Dictionary<Address, int> _uids = [];
    private readonly DefaultFailureDetectorRegistry<Address> _detectors;
    private readonly TimeSpan _expectedAfter;
    private readonly bool _heartbeats;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public RemoteWatcher(RemoteActorRefProvider provider, Config settings, bool heartbeats)
    {
        _provider = provider;
        _heartbeats = heartbeats;
        var system = Context.System;
        _detectors = new DefaultFailureDetectorRegistry<Address>(() => FailureDetectorLoader.Load(settings.GetString("implementation-class"), settings, system));
        _expectedAfter = settings.GetTimeSpan("expected-response-after", allowInfinite: false);
        if (heartbeats) Timers!.StartPeriodicTimer("tick", new Tick(), settings.GetTimeSpan("heartbeat-interval", allowInfinite: false));
        Receive<Watched>(On);
        Receive<Unwatched>(On);
        Receive<IncarnationGone>(On);
        Receive<Heartbeat>(_ => Sender.Tell(new HeartbeatRsp(_provider.Uid)));
        Receive<HeartbeatRsp>(On);
        Receive<Tick>(_ => OnTick());
        Receive<ExpectedFirst>(expected =>
        {
            if (!_detectors.IsMonitoring(expected.Address) && _watched.ContainsKey(expected.Address)) _detectors.Heartbeat(expected.Address);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void On(Watched watched)
    {
        var address = watched.Watchee.Path.Address;
        if (!_watched.TryGetValue(address, out var watchees))
        {
            _watched[address] = watchees = [];
            if (_heartbeats) Beat(address);
        }

        if (!watchees.TryGetValue(watched.Watchee, out var watchers)) watchees[watched.Watchee] = watchers = [];
        watchers.Add(watched.Watcher);
    }

    private void On(Unwatched unwatched)
    {
        var address = unwatched.Watchee.Path.Address;
        if (!_watched.TryGetValue(address, out var watchees) || !watchees.TryGetValue(unwatched.Watchee, out var watchers) || !watchers.Remove(unwatched.Watcher)) return;
        if (watchers.Count == 0) watchees.Remove(unwatched.Watchee);
        if (watchees.Count == 0) Forget(address);
    }

    private void On(IncarnationGone gone)
    {
        if (!_watched.TryGetValue(gone.Address, out var watchees)) return;
        foreach (var (watchee, watchers) in watchees.ToArray())
        {
            // Those of a newer incarnation live.
            if (Incarnation.Of(watchee.Path.Uid) is var uid && uid != 0 && uid != gone.Uid) continue;
            watchees.Remove(watchee);
            foreach (var watcher in watchers) ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed: true, addressTerminated: true));
        }

        if (watchees.Count == 0) Forget(gone.Address);
    }

    private void On(HeartbeatRsp answer)
    {
        var address = Sender.Path.Address;
        if (!_watched.ContainsKey(address)) return;
        _uids[address] = answer.Uid;
        _detectors.Heartbeat(address);
    }

    private void OnTick()
    {
        foreach (var address in _watched.Keys.ToArray())
        {
            if (_detectors.IsAvailable(address))
            {
                Beat(address);
                continue;
            }

            _log.Warning("Detected unreachable: [{0}]", address);
            var uid = _uids.GetValueOrDefault(address);
            if (uid != 0) _provider.Remoting.Quarantine(address, uid, "its heartbeats do not come any more");
            TellAll(address);
        }
    }

    private void TellAll(Address address)
    {
        var watchees = _watched[address];
        Forget(address);
        foreach (var (watchee, watchers) in watchees)
        {
            foreach (var watcher in watchers) ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed: true, addressTerminated: true));
        }
    }

    private void Beat(Address address)
    {
        ((IActorRef)_provider.ResolveActorRef(new RootActorPath(address) / "system" / Name)).Tell(new Heartbeat(), Self);
        // An answer that never comes is judged as one that came once and then no more.
        if (!_detectors.IsMonitoring(address) && !Timers.IsTimerActive(address)) Timers.StartSingleTimer(address, new ExpectedFirst(address), _expectedAfter);
    }

    private void Forget(Address address)
    {
        _watched.Remove(address);
        _uids.Remove(address);
        _detectors.Remove(address);
        Timers.Cancel(address);
    }
}
