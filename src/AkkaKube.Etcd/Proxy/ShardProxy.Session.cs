using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Etcd;

/// <summary>Finding the owner of the shard, and leaving it.</summary>
internal sealed partial class ShardProxy
{
    private sealed record Look;

    /// <summary>The owner that takes the requests now.</summary>
    private sealed record Session(IActorRef Owner, long Incarnation, bool TakesRepeats)
    {
        /// <summary>It is in another process.</summary>
        public bool IsRemote { get; } = Owner.Path.Address.HasGlobalScope;
    }

    private Session? _session;

    /// <summary>Incarnations up to this one are over.</summary>
    private long _over;

    /// <summary>The owner refused something, as it is not certain that it is the owner: it, or its successor, is asked again before anything else is sent.</summary>
    private bool _isPaused;

    /// <summary>The region knows where the shard is; what it is told arrives at whoever is the owner.</summary>
    private void LookForOwner()
    {
        _region.Tell(new EtcdEntity.ToShard(_resource, new EtcdShard.Open()), Self);
        Timers.StartSingleTimer(nameof(Look), new Look(), _session is null || _isPaused ? _settings.ProxyLookInterval : _settings.ProxyRenewInterval);
    }

    private void On(EtcdShard.Opened opened)
    {
        // What a former owner said arrives late.
        if (opened.Incarnation <= _over || opened.Incarnation < _session?.Incarnation) return;
        _isPaused = false;
        Timers.StartSingleTimer(nameof(Look), new Look(), _settings.ProxyRenewInterval);
        if (_session is { } session && session.Incarnation == opened.Incarnation)
        {
            // Changes come before this, in order: some that did not come are lost.
            if (_resync is null && _followers.Count > 0 && _followers.Least < opened.Revision) FollowAgain();
        }
        else
        {
            if (_session is { } former) Leave(former, null);
            session = _session = new Session(Sender, opened.Incarnation, opened.TakesRepeats);
            Context.Watch(session.Owner);
            // First of all: an answer of the new owner comes after the changes that led to it.
            if (_followers.Count > 0) FollowAgain();
        }
        foreach (var waiting in _outstanding.Values.Where(asked => asked.SentTo is null).OrderBy(asked => asked.Number).ToList()) Send(waiting, session);
    }

    private void On(EtcdShard.HandedOver over)
    {
        if (_session is { } session && session.Incarnation == over.Incarnation) LeaveAndLook(session, over.LastWrite);
    }

    private void On(Terminated stopped)
    {
        if (_session is not { } session || !session.Owner.Equals(stopped.ActorRef))
        {
            StopFollowing(stopped.ActorRef);
            return;
        }
        LeaveAndLook(session, null);
        // That its host cannot be reached does not mean that it is gone: it may be the one who answers next.
        if (stopped.AddressTerminated) _over = session.Incarnation - 1;
    }

    private void LeaveAndLook(Session session, long? lastWrite)
    {
        Leave(session, lastWrite);
        LookForOwner();
    }

    /// <summary>
    /// The owner is one no more. One that handed over said which writes it did not take; those are asked again. What a dead one did, or what an answer
    /// said that got lost, nobody knows.
    /// </summary>
    private void Leave(Session session, long? lastWrite)
    {
        _log.Debug("etcd/{0}: {1} {2}", _resource, session.Owner, lastWrite is not null ? "hands the shard over" : "has the shard no more");
        Context.Unwatch(session.Owner);
        _over = session.Incarnation;
        _session = null;
        if (_resync is { } own) _outstanding.Remove(own.Number);
        _resync = null;
        foreach (var asked in _outstanding.Values.Where(asked => asked.SentTo == session.Incarnation).OrderBy(asked => asked.Number).ToList())
        {
            if (asked.IsWrite && !(asked.Number > lastWrite)) Fail(asked, "the host of the storage is gone; it is not known whether the write was carried out");
            else (asked.SentTo, asked.IsInDoubt) = (null, false);
        }
    }

    /// <summary>It was refused, so nothing was carried out, unless an earlier copy was: that only the same owner knows.</summary>
    private void WaitAndAskAgain(Outstanding asked)
    {
        if (!asked.IsInDoubt) asked.SentTo = null;
        if (_isPaused) return;
        _isPaused = true;
        if (_session is not null) Timers.StartSingleTimer(nameof(Look), new Look(), _settings.ProxyLookInterval);
    }
}
