using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>
/// The way to all entities of a type, on every host; where it has entities itself, the parent of the shards that this host owns. As a proxy it only
/// leads there.
/// </summary>
internal sealed partial class Region : ActorBase, IWithTimers
{
    private readonly string _typeName;
    private readonly string _leasePrefix;
    private readonly Func<string, Props>? _entityProps;
    private readonly ClusterShardingSettings _settings;
    private readonly IMessageExtractor _extractor;
    private readonly IShardAllocationStrategy _allocation;
    private readonly object _stopMessage;
    private readonly ICanTell _ownership;
    private readonly Func<MemberRow, ICanTell> _regionOn;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ShardBuffers _buffers;
    private readonly Routes _routes = new();
    private readonly SortedDictionary<string, OwnShard> _own = new(StringComparer.Ordinal);
    private bool _warnedOfFullBuffer;

    public Region(
        string typeName,
        Func<string, Props>? entityProps,
        ClusterShardingSettings settings,
        IMessageExtractor extractor,
        IShardAllocationStrategy allocation,
        object stopMessage,
        ICanTell ownership,
        Func<MemberRow, ICanTell> regionOn)
    {
        _typeName = typeName;
        _leasePrefix = ShardLease.Prefix(typeName);
        _entityProps = entityProps;
        _settings = settings;
        _extractor = extractor;
        _allocation = allocation;
        _stopMessage = stopMessage;
        _ownership = ownership;
        _regionOn = regionOn;
        _buffers = new ShardBuffers(settings.TuningParameters.BufferSize);
    }

    /// <summary>The timers.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The recipe of a region; without <paramref name="entityProps"/> of a proxy.</summary>
    public static Props Props(
        string typeName,
        Func<string, Props>? entityProps,
        ClusterShardingSettings settings,
        IMessageExtractor extractor,
        IShardAllocationStrategy allocation,
        object stopMessage,
        ICanTell ownership,
        Func<MemberRow, ICanTell> regionOn) =>
        Actor.Props.Create(() => new Region(typeName, entityProps, settings, extractor, allocation, stopMessage, ownership, regionOn));

    protected override void PreStart()
    {
        _ownership.Tell(new OwnershipProtocol.Subscribe(), Self);
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _settings.TuningParameters.RetryInterval);
        if (_entityProps is not null) Timers.StartPeriodicTimer(BalanceTick.Instance, BalanceTick.Instance, _settings.TuningParameters.RebalanceInterval);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren()) Context.Stop(child);
        // The next incarnation starts when they have stopped; then the leases are nobody's.
        Self.Tell(new GiveBack([.. _own.Values.Where(static o => o.At is not (OwnShard.Phase.Releasing or OwnShard.Phase.Lost)).Select(o => LeaseOf(o.Id))]));
    }

    protected override void PostRestart(Exception reason) => PreStart();

    protected override void PostStop()
    {
        foreach (var shard in _buffers.Shards.ToList())
        {
            foreach (var (message, sender) in _buffers.Take(shard)) Context.System.DeadLetters.Tell(message, sender!);
        }

        // Its children have stopped by now.
        foreach (var own in _own.Values)
        {
            if (own.At is not (OwnShard.Phase.Releasing or OwnShard.Phase.Lost)) _ownership.Tell(new OwnershipProtocol.Release(LeaseOf(own.Id)), Self);
        }
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case ShardingEnvelope envelope:
                Deliver(envelope.EntityId, message);
                return true;
            case ShardRegion.StartEntity start:
                Deliver(start.EntityId, message);
                return true;
            case Tick or BalanceTick:
                OnTick(message is BalanceTick);
                return true;
            case OwnershipProtocol.View view:
                On(view);
                return true;
            case OwnershipProtocol.Taken taken:
                On(taken);
                return true;
            case OwnershipProtocol.NotTaken notTaken:
                On(notTaken);
                return true;
            case OwnershipProtocol.Released released:
                On(released);
                return true;
            case OwnershipProtocol.Lost lost:
                On(lost);
                return true;
            case IClusterShardingSerializable when OnRegionMessage(message):
                return true;
            case Shard.Stopped stopped:
                _buffers.PutBack(stopped.Shard, stopped.Undelivered);
                return true;
            case Terminated terminated:
                On(terminated);
                return true;
            case IShardRegionQuery query:
                return On(query);
            case GracefulShutdown:
                HandOverAll(stopAfterwards: true, tellWhenDone: null);
                return true;
            case HandOver:
                HandOverAll(stopAfterwards: false, Sender);
                return true;
            case HandOverTimeout:
                OnHandOverTimeout();
                return true;
            case GiveBack giveBack:
                foreach (var lease in giveBack.Leases) _ownership.Tell(new OwnershipProtocol.Release(lease), Self);
                return true;
            default:
                if (_extractor.EntityId(message) is not { } entity) return false;
                Deliver(entity, message);
                return true;
        }
    }

    private bool OnRegionMessage(object message)
    {
        switch (message)
        {
            case RegionProtocol.Hello hello:
                On(hello);
                return true;
            case RegionProtocol.Welcome welcome:
                On(welcome);
                return true;
            case RegionProtocol.Owned owned:
                On(owned);
                return true;
            case RegionProtocol.HandOff handOff:
                On(handOff);
                return true;
            case RegionProtocol.HandOffAck ack:
                On(ack);
                return true;
            case RegionProtocol.TakeShard take:
                On(take);
                return true;
            default:
                return false;
        }
    }

    private void Deliver(string entity, object message)
    {
        var shard = _extractor.ShardId(entity, message);
        if (string.IsNullOrEmpty(shard))
        {
            _log.Warning("{0}: the extractor names no shard for entity [{1}]; its message of type {2} is dropped", _typeName, entity, message.GetType().Name);
            Context.System.DeadLetters.Tell(message, Sender);
            return;
        }

        if (_own.TryGetValue(shard, out var own) && own.TakesMessages) own.Shard.Tell(message, Sender);
        else if (own is null && _routes.To(shard) is { } region) region.Tell(message, Sender);
        else Keep(shard, message);
    }

    private void Keep(string shard, object message)
    {
        var isFirst = !_buffers.Has(shard);
        if (!_buffers.TryAdd(shard, message, Sender))
        {
            if (!_warnedOfFullBuffer) _log.Warning("{0}: {1} messages wait for shards that have no host; those that come now are dropped", _typeName, _buffers.Count);
            _warnedOfFullBuffer = true;
            Context.System.DeadLetters.Tell(message, Sender);
            return;
        }

        // For those that come later it is being sought already: by the next view or tick at the latest.
        if (isFirst) Seek(shard);
    }

    /// <summary>Sends what waited for a shard, if it has a home now.</summary>
    private void Flush(string shard)
    {
        var target = _own.TryGetValue(shard, out var own) ? own.TakesMessages ? own.Shard : null : _routes.To(shard);
        if (target is null) return;
        _asked.Remove(shard);
        foreach (var (message, sender) in _buffers.Take(shard)) target.Tell(message, sender!);
        if (_buffers.Count == 0) _warnedOfFullBuffer = false;
    }

    private string LeaseOf(string shard) => _leasePrefix + shard;

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed class BalanceTick
    {
        public static readonly BalanceTick Instance = new();
    }

    private sealed record GiveBack(IReadOnlyList<string> Leases);
}
