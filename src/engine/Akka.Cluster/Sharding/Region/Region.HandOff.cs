using Akka.Actor;
using Akka.Cluster.Ownership;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The way of a shard to another host: (1) all regions are told to keep its messages and say that they do; what they sent before that is still
/// delivered; (2) the entities stop; (3) the lease is given back; (4) the next owner takes it and says so; what was kept flows on, in order.
/// </summary>
internal sealed partial class Region
{
    private static readonly TimeSpan AckTimeout = TimeSpan.FromSeconds(5);

    private readonly List<IActorRef> _tellWhenHandedOver = [];
    private bool _closing;
    private bool _stopsAfterwards;

    /// <summary>Hand over all shards, but go on leading to the other hosts. Reply: <see cref="HandedOver"/>.</summary>
    public sealed record HandOver;

    /// <summary>Nothing runs here any more.</summary>
    public sealed record HandedOver;

    private sealed record HandOverTimeout
    {
        public static readonly HandOverTimeout Instance = new();
    }

    private bool MustLeave => _closing || (_view is { } view && MemberOf(view.Self) is { Status: MemberStatus.Leaving or MemberStatus.Exiting });

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <summary>Hands over what should be elsewhere: all of it when this host leaves, else a few at a time.</summary>
    private void Balance()
    {
        if (_view is null || !Hosts || _own.Count == 0) return;
        var leaves = MustLeave;
        var moving = _own.Values.Count(static o => o.At is not (OwnShard.Phase.Running or OwnShard.Phase.Lost));
        var most = leaves ? int.MaxValue : _allocation.MaxSimultaneousRebalance;
        if (moving >= most) return;
        var desired = Desired();
        foreach (var own in _own.Values.Where(static o => o.At == OwnShard.Phase.Running).ToList())
        {
            if (desired.TryGetValue(own.Id, out var home) ? home == _view.Self : !leaves) continue;
            Begin(own, desired.TryGetValue(own.Id, out home) ? home : null);
            if (++moving >= most) return;
        }
    }

    private void Begin(OwnShard own, int? target)
    {
        _log.Debug("{0}: shard [{1}] goes to {2}", _typeName, own.Id, target is { } uid ? MemberOf(uid)?.Address : "whoever takes it");
        own.At = OwnShard.Phase.Announcing;
        own.Target = target;
        own.Awaited = [.. _subscribers.Keys];
        own.Deadline = Now + Least(AckTimeout, _settings.TuningParameters.HandOffTimeout);
        Announce(new RegionProtocol.HandOff(own.Id, own.Epoch));
        if (own.Awaited.Count == 0) StopEntities(own);
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void On(RegionProtocol.HandOffAck ack)
    {
        if (_own.TryGetValue(ack.Shard, out var own) && own.Epoch == ack.Epoch) Acknowledged(own, Sender);
    }

    private void Acknowledged(OwnShard own, IActorRef region)
    {
        if (own.Awaited.Remove(region) && own.Awaited.Count == 0 && own.At == OwnShard.Phase.Announcing) StopEntities(own);
    }

    /// <summary>An announcement or its answer may have been lost.</summary>
    private void PressHandOffs()
    {
        foreach (var own in _own.Values.Where(static o => o.At == OwnShard.Phase.Announcing).ToList())
        {
            if (Now < own.Deadline)
            {
                foreach (var region in own.Awaited) region.Tell(new RegionProtocol.HandOff(own.Id, own.Epoch), Self);
                continue;
            }

            _log.Warning("{0}: {1} did not say that it keeps the messages of shard [{2}]; it is handed over all the same", _typeName, string.Join(", ", own.Awaited), own.Id);
            own.Awaited = [];
            StopEntities(own);
        }
    }

    private void StopEntities(OwnShard own)
    {
        own.At = OwnShard.Phase.Stopping;
        own.Shard.Tell(new Shard.HandOff(StopTimeout()), Self);
    }

    /// <summary>While the system shuts down there is only as long as the phase lasts.</summary>
    private TimeSpan StopTimeout()
    {
        var timeout = _settings.TuningParameters.HandOffTimeout;
        var shutdown = CoordinatedShutdown.Get(Context.System);
        return shutdown.ShutdownReason is null ? timeout : Least(timeout, shutdown.Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion) / 2);
    }

    private void ShardTerminated(OwnShard own)
    {
        switch (own.At)
        {
            case OwnShard.Phase.Running:
                _log.Warning("{0}: shard [{1}] stopped by itself and is started again", _typeName, own.Id);
                own.Shard = StartShard(own.Id);
                break;
            case OwnShard.Phase.Announcing or OwnShard.Phase.Stopping:
                own.At = OwnShard.Phase.Releasing;
                _ownership.Tell(new OwnershipProtocol.Release(LeaseOf(own.Id)), Self);
                break;
            case OwnShard.Phase.Lost:
                Gone(own);
                break;
        }
    }

    private void On(OwnershipProtocol.Released released)
    {
        if (!_own.TryGetValue(released.Name[_leasePrefix.Length..], out var own) || own.At != OwnShard.Phase.Releasing) return;
        if (own.Target is { } target && _hosts.TryGetValue(target, out var host))
        {
            _asked[own.Id] = target;
            host.Region.Tell(new RegionProtocol.TakeShard(own.Id, own.Epoch));
        }

        Gone(own);
        if (!_closing) Balance();
    }

    private void On(OwnershipProtocol.Lost lost)
    {
        if (!_own.TryGetValue(lost.Name[_leasePrefix.Length..], out var own)) return;
        if (own.At == OwnShard.Phase.Releasing)
        {
            Gone(own);
            return;
        }

        _log.Warning("{0}: this host has lost shard [{1}], epoch {2}; its entities stop at once", _typeName, own.Id, own.Epoch);
        own.At = OwnShard.Phase.Lost;
        own.Awaited = [];
        Context.Stop(own.Shard);
    }

    private void Gone(OwnShard own)
    {
        _own.Remove(own.Id);
        _routes.Close(own.Id, own.Epoch);
        if (_buffers.Has(own.Id)) Seek(own.Id);
        CheckHandedOver();
    }

    private void HandOverAll(bool stopAfterwards, IActorRef? tellWhenDone)
    {
        if (tellWhenDone is not null) _tellWhenHandedOver.Add(tellWhenDone);
        _stopsAfterwards |= stopAfterwards;
        if (!_closing)
        {
            _closing = true;
            _told.Clear();
            Timers.StartSingleTimer(HandOverTimeout.Instance, HandOverTimeout.Instance, AckTimeout + StopTimeout());
            if (_view is not null) Announce(WhatIOwn());
            Balance();
        }

        CheckHandedOver();
    }

    private void CheckHandedOver()
    {
        if (!_closing || _own.Count > 0 || _taking.Count > 0) return;
        foreach (var waiting in _tellWhenHandedOver) waiting.Tell(new HandedOver(), Self);
        _tellWhenHandedOver.Clear();
        // What waits for a shard that somebody else may still take is not thrown away.
        if (_stopsAfterwards && (_buffers.Count == 0 || IsAlone)) Context.Stop(Self);
    }

    private bool IsAlone => _view is { } view && !view.Members.Exists(m => m.Uid != view.Self && m.Status == MemberStatus.Up && HasRole(m) && !IsGone(m.Uid));

    private void OnHandOverTimeout()
    {
        if (_own.Count > 0) _log.Warning("{0}: shards [{1}] could not be handed over in time", _typeName, string.Join(", ", _own.Keys));
        foreach (var waiting in _tellWhenHandedOver) waiting.Tell(new HandedOver(), Self);
        _tellWhenHandedOver.Clear();
        if (_stopsAfterwards) Context.Stop(Self);
    }
}
