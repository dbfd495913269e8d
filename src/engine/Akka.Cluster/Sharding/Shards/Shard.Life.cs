using Akka.Actor;
using Akka.Cluster.Ownership;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>How entities end: because they are not needed, by themselves, or because the shard moves.</summary>
internal sealed partial class Shard
{
    private void StopFor(Entity entity, object stopMessage)
    {
        if (entity.At != Entity.Phase.Running || _handingOff) return;
        entity.At = Entity.Phase.Passivating;
        entity.Ref!.Tell(stopMessage, Self);
    }

    private void StopIdleOnes()
    {
        _tick++;
        // Three ticks after the last message the whole time has passed for certain.
        foreach (var entity in _byRef.Values.Where(e => e.At == Entity.Phase.Running && _tick - e.LastTick >= 3).ToList()) StopFor(entity, _stopMessage);
    }

    private void EntityTerminated(Entity entity)
    {
        entity.Ref = null;
        if (_handingOff)
        {
            GiveBack(entity);
            CheckStopped();
        }
        else if (entity.Waiting is not null)
        {
            Run(entity);
        }
        else if (!_settings.RememberEntities)
        {
            _entities.Remove(entity.Id);
        }
        else if (entity.At == Entity.Phase.Passivating)
        {
            entity.At = Entity.Phase.Forgetting;
            Write(entity.Id, keep: false);
        }
        else
        {
            entity.At = Entity.Phase.Resting;
            Timers.StartSingleTimer(entity.Id, new Rest(entity.Id), _settings.TuningParameters.EntityRestartBackoff);
        }
    }

    private void On(OwnershipProtocol.RememberedEntities loaded)
    {
        if (_beforeLoaded is not { } early || _handingOff) return;
        if (loaded.Entities is not { } entities)
        {
            TryLater(new OwnershipProtocol.GetRemembered(_lease));
            return;
        }

        _remembered.UnionWith(entities);
        _beforeLoaded = null;
        foreach (var id in entities.Order(StringComparer.Ordinal)) Begin(id);
        _waiting -= early.Count;
        foreach (var (message, sender) in early)
        {
            if (!Dispatch(message, sender)) Unhandled(message);
        }
    }

    /// <summary>One write at a time: what comes meanwhile goes together in the next.</summary>
    private void Write(string entity, bool keep)
    {
        _toWrite.Add((entity, keep));
        WriteNext();
    }

    private void WriteNext()
    {
        if (_writing || _toWrite.Count == 0) return;
        var keep = _toWrite[0].Keep;
        var batch = _toWrite.TakeWhile(w => w.Keep == keep).Select(static w => w.Entity).ToList();
        _toWrite.RemoveRange(0, batch.Count);
        _writing = true;
        _ownership.Tell(new OwnershipProtocol.Remember(_lease, batch, keep), Self);
    }

    private void On(OwnershipProtocol.Remember done)
    {
        _writing = false;
        if (_handingOff) return;
        foreach (var id in done.Entities) IsDurable(id, done.Keep);
        WriteNext();
    }

    private void IsDurable(string id, bool keep)
    {
        if (keep) _remembered.Add(id);
        else _remembered.Remove(id);
        if (!_entities.TryGetValue(id, out var entity)) return;
        if (entity.At == Entity.Phase.Remembering && keep)
        {
            Run(entity);
        }
        else if (entity.At == Entity.Phase.Forgetting && !keep)
        {
            _entities.Remove(id);
            if (entity.Waiting is null || Begin(id) is not { } again) return;
            again.Waiting = entity.Waiting;
        }
    }

    private void TryLater(object request) => Timers.StartSingleTimer(request, new Retry(request), _settings.TuningParameters.UpdatingStateTimeout);

    private void On(HandOff handOff)
    {
        if (_handingOff) return;
        _handingOff = true;
        Timers.CancelAll();
        if (_beforeLoaded is { } early) _undelivered.AddRange(early);
        _beforeLoaded = null;
        foreach (var entity in _entities.Values.ToList())
        {
            if (entity.At == Entity.Phase.Running) entity.Ref!.Tell(_stopMessage, Self);
            else if (entity.Ref is null) GiveBack(entity);
        }

        Timers.StartSingleTimer(HandOffTimeout.Instance, HandOffTimeout.Instance, handOff.Timeout);
        CheckStopped();
    }

    /// <summary>What waited for an entity goes back to the region, addressed again.</summary>
    private void GiveBack(Entity entity)
    {
        _entities.Remove(entity.Id);
        foreach (var (message, sender) in TakeWaiting(entity)) _undelivered.Add(new Waiting(new ShardingEnvelope(entity.Id, message), sender));
    }

    private void StopTheRest()
    {
        _log.Warning("{0}: {1} entities of shard [{2}] have not stopped by {3} and are stopped now", _typeName, _byRef.Count, _shard, _stopMessage);
        foreach (var entity in _byRef.Keys) Context.Stop(entity);
    }

    private void CheckStopped()
    {
        if (_byRef.Count > 0) return;
        Context.Parent.Tell(new Stopped(_shard, _undelivered));
        Context.Stop(Self);
    }
}
