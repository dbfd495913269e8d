using Akka.Actor;
using Akka.Cluster.Ownership;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>The parent of the entities of one shard, while this host has its lease.</summary>
internal sealed partial class Shard : ActorBase, IWithTimers
{
    private readonly string _typeName;
    private readonly string _shard;
    private readonly string _lease;
    private readonly Func<string, Props> _entityProps;
    private readonly ClusterShardingSettings _settings;
    private readonly IMessageExtractor _extractor;
    private readonly object _stopMessage;
    private readonly ICanTell _ownership;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, Entity> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, Entity> _byRef = [];
    private readonly HashSet<string> _remembered = new(StringComparer.Ordinal);
    private readonly List<Waiting> _undelivered = [];
    private readonly List<(string Entity, bool Keep)> _toWrite = [];
    private List<Waiting>? _beforeLoaded;
    private bool _writing;
    private int _waiting;
    private int _tick;
    private bool _handingOff;

    public Shard(string typeName, string shard, Func<string, Props> entityProps, ClusterShardingSettings settings, IMessageExtractor extractor, object stopMessage, ICanTell ownership)
    {
        _typeName = typeName;
        _shard = shard;
        _lease = ShardLease.Name(typeName, shard);
        _entityProps = entityProps;
        _settings = settings;
        _extractor = extractor;
        _stopMessage = stopMessage;
        _ownership = ownership;
    }

    /// <summary>Stop all entities, then the shard. To the parent before that: <see cref="Stopped"/>.</summary>
    /// <param name="Timeout">After that they are stopped whether they want or not.</param>
    public sealed record HandOff(TimeSpan Timeout);

    /// <summary>All entities have stopped.</summary>
    /// <param name="Shard">The shard.</param>
    /// <param name="Undelivered">What waited for entities that did not run at that moment.</param>
    public sealed record Stopped(string Shard, IReadOnlyList<Waiting> Undelivered);

    /// <summary>Asks for the entities. Reply: <see cref="ShardState"/>.</summary>
    public sealed class GetState
    {
        public static readonly GetState Instance = new();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        string typeName, string shard, Func<string, Props> entityProps, ClusterShardingSettings settings, IMessageExtractor extractor, object stopMessage, ICanTell ownership) =>
        Actor.Props.Create(() => new Shard(typeName, shard, entityProps, settings, extractor, stopMessage, ownership));

    protected override void PreStart()
    {
        if (_settings.RememberEntities)
        {
            _beforeLoaded = [];
            _ownership.Tell(new OwnershipProtocol.GetRemembered(_lease), Self);
        }
        else if (_settings.PassivateIdleEntityAfter > TimeSpan.Zero)
        {
            Timers.StartPeriodicTimer(IdleTick.Instance, IdleTick.Instance, _settings.PassivateIdleEntityAfter / 2);
        }
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case ShardingEnvelope:
                return Dispatch(message, Sender);
            case Passivate passivate:
                if (_byRef.TryGetValue(Sender, out var idle)) StopFor(idle, passivate.StopMessage);
                return true;
            case Terminated terminated:
                if (_byRef.Remove(terminated.ActorRef, out var gone)) EntityTerminated(gone);
                return true;
            case IdleTick:
                StopIdleOnes();
                return true;
            case OwnershipProtocol.RememberedEntities remembered:
                On(remembered);
                return true;
            case OwnershipProtocol.Remembered done:
                On(done.Asked);
                return true;
            case OwnershipProtocol.NotRemembered failed:
                TryLater(failed.Asked);
                return true;
            case Retry retry:
                if (!_handingOff) _ownership.Tell(retry.Request, Self);
                return true;
            case Rest rest:
                if (_entities.TryGetValue(rest.Entity, out var resting) && resting.At == Entity.Phase.Resting) Run(resting);
                return true;
            case HandOff handOff:
                On(handOff);
                return true;
            case HandOffTimeout:
                StopTheRest();
                return true;
            case GetState:
                Sender.Tell(new ShardState(_shard, [.. _byRef.Values.Select(static e => e.Id)]));
                return true;
            default:
                return Dispatch(message, Sender);
        }
    }

    /// <summary>What comes for entities; <paramref name="message"/> is it as it came.</summary>
    private bool Dispatch(object message, IActorRef? sender)
    {
        if (_handingOff || _beforeLoaded is not null)
        {
            Wait(_handingOff ? _undelivered : _beforeLoaded!, message, sender);
            return true;
        }

        switch (message)
        {
            case ShardingEnvelope envelope:
                Deliver(envelope.EntityId, envelope.Message, sender);
                return true;
            case ShardRegion.StartEntity start:
                Start(start, sender);
                return true;
            default:
                if (_extractor.EntityId(message) is not { } entity || _extractor.EntityMessage(message) is not { } inner) return false;
                Deliver(entity, inner, sender);
                return true;
        }
    }

    private void Deliver(string id, object message, IActorRef? sender)
    {
        if (!_entities.TryGetValue(id, out var entity)) entity = Begin(id);
        if (entity is null) Context.System.DeadLetters.Tell(message, sender!);
        else if (entity.At == Entity.Phase.Running || (entity.At == Entity.Phase.Resting && Run(entity))) Hand(entity, message, sender);
        else Wait(entity.Waiting ??= [], message, sender);
    }

    private void Hand(Entity entity, object message, IActorRef? sender)
    {
        entity.LastTick = _tick;
        entity.Ref!.Tell(message, sender!);
    }

    private void Wait(List<Waiting> waiting, object message, IActorRef? sender)
    {
        if (_waiting >= _settings.TuningParameters.BufferSize)
        {
            _log.Warning("{0}: {1} messages wait for entities of shard [{2}] that do not run; one more is dropped", _typeName, _waiting, _shard);
            Context.System.DeadLetters.Tell(message, sender!);
            return;
        }

        waiting.Add(new Waiting(message, sender));
        _waiting++;
    }

    private void Start(ShardRegion.StartEntity start, IActorRef? sender)
    {
        if (!_entities.TryGetValue(start.EntityId, out var entity)) entity = Begin(start.EntityId);
        else if (entity.At == Entity.Phase.Resting) Run(entity);
        else if (entity.At is Entity.Phase.Passivating or Entity.Phase.Forgetting) entity.Waiting ??= [];
        if (entity is not null) sender?.Tell(new ShardRegion.StartEntityAck(start.EntityId, _shard), Self);
    }

    /// <summary>Starts an entity that is not known yet, at once or when it is durable that it is to run; null: it cannot be made.</summary>
    private Entity? Begin(string id)
    {
        var entity = _entities[id] = new Entity(id);
        if (!_settings.RememberEntities || _remembered.Contains(id)) return Run(entity) ? entity : null;
        entity.At = Entity.Phase.Remembering;
        Write(id, keep: true);
        return entity;
    }

    private bool Run(Entity entity)
    {
        try
        {
            entity.Ref = Context.Watch(Context.ActorOf(_entityProps(entity.Id), Uri.EscapeDataString(entity.Id)));
        }
        catch (Exception cause)
        {
            _log.Error(cause, "{0}: entity [{1}] of shard [{2}] cannot be made", _typeName, entity.Id, _shard);
            _entities.Remove(entity.Id);
            foreach (var (message, sender) in TakeWaiting(entity)) Context.System.DeadLetters.Tell(message, sender!);
            return false;
        }

        _byRef[entity.Ref] = entity;
        entity.At = Entity.Phase.Running;
        entity.LastTick = _tick;
        foreach (var (message, sender) in TakeWaiting(entity)) entity.Ref.Tell(message, sender!);
        return true;
    }

    private List<Waiting> TakeWaiting(Entity entity)
    {
        if (entity.Waiting is not { } waiting) return [];
        entity.Waiting = null;
        _waiting -= waiting.Count;
        return waiting;
    }

    private sealed class IdleTick
    {
        public static readonly IdleTick Instance = new();
    }

    private sealed record Retry(object Request);

    private sealed record Rest(string Entity);

    private sealed class HandOffTimeout
    {
        public static readonly HandOffTimeout Instance = new();
    }
}
