using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Configuration;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Entities that are somewhere in the cluster, one of each id, and reached by their id alone. Which host has which shard are leases in the membership
/// table; every region takes and hands over its own part of them.
/// </summary>
public class ClusterSharding : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly Cluster _cluster;
    private readonly LocalActorRef _guardian;
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _regions = new();
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _proxies = new();

    /// <summary>Starts the parent of all regions.</summary>
    public ClusterSharding(ExtendedActorSystem system)
    {
        _system = system;
        _cluster = Cluster.Get(system);
        Settings = ClusterShardingSettings.Create(system);
        _guardian = ShardingGuardian.Start((ActorSystemImpl)system);
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseClusterShardingShutdownRegion, "hand-over-shards", HandOverAll);
    }

    /// <summary>The default settings.</summary>
    public ClusterShardingSettings Settings { get; }

    /// <summary>The types that were started here, proxies not counted.</summary>
    public ImmutableHashSet<string> ShardTypeNames => [.. _regions.Keys];

    /// <summary>The sharding of a system.</summary>
    public static ClusterSharding Get(ActorSystem system) => system.WithExtension<ClusterSharding, ClusterShardingExtensionProvider>();

    /// <summary>The default settings, as they stand in the assembly.</summary>
    public static Config DefaultConfig() => Cluster.DefaultConfig();

    /// <summary>New shards go to who has least.</summary>
    public IShardAllocationStrategy DefaultShardAllocationStrategy(ClusterShardingSettings settings) => DefaultStrategy(settings);

    internal static IShardAllocationStrategy DefaultStrategy(ClusterShardingSettings settings) => new LeastShards(
        settings.TuningParameters.LeastShardAllocationRebalanceThreshold, settings.TuningParameters.LeastShardAllocationMaxSimultaneousRebalance);

    /// <summary>Starts the region of a type; on a host without the role, a proxy.</summary>
    public IActorRef Start(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Start(typeName, _ => entityProps, settings, messageExtractor);

    /// <summary>Starts the region of a type; on a host without the role, a proxy.</summary>
    public IActorRef Start(
        string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor, IShardAllocationStrategy allocationStrategy, object handOffStopMessage) =>
        Start(typeName, _ => entityProps, settings, messageExtractor, allocationStrategy, handOffStopMessage);

    /// <summary>Starts the region of a type; on a host without the role, a proxy.</summary>
    public IActorRef Start(string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Start(typeName, entityPropsFactory, settings, messageExtractor, DefaultShardAllocationStrategy(settings), PoisonPill.Instance);

    /// <summary>Starts the region of a type; on a host without the role, a proxy.</summary>
    /// <param name="typeName">The type.</param>
    /// <param name="entityPropsFactory">The recipe of an entity, by its id.</param>
    /// <param name="settings">How it is sharded.</param>
    /// <param name="messageExtractor">Which entity a message is for.</param>
    /// <param name="allocationStrategy">How shards are spread.</param>
    /// <param name="handOffStopMessage">What tells an entity to stop because its shard moves.</param>
    public IActorRef Start(
        string typeName,
        Func<string, Props> entityPropsFactory,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy,
        object handOffStopMessage)
    {
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role)) return StartProxy(typeName, role, messageExtractor);
        return _regions.GetOrAdd(typeName, name => new Lazy<IActorRef>(() => Attach(name, name, entityPropsFactory, settings, messageExtractor, allocationStrategy, handOffStopMessage))).Value;
    }

    /// <summary>The same, for who does not want to wait.</summary>
    public Task<IActorRef> StartAsync(string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityProps, settings, messageExtractor));

    /// <summary>The same, for who does not want to wait.</summary>
    public Task<IActorRef> StartAsync(string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, messageExtractor));

    /// <summary>The same, for who does not want to wait.</summary>
    public Task<IActorRef> StartAsync(
        string typeName,
        Func<string, Props> entityPropsFactory,
        ClusterShardingSettings settings,
        IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy,
        object handOffStopMessage) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, messageExtractor, allocationStrategy, handOffStopMessage));

    /// <summary>Starts what only leads to the entities of a type.</summary>
    public IActorRef StartProxy(string typeName, string? role, IMessageExtractor messageExtractor)
    {
        var settings = ClusterShardingSettings.Create(_system).WithRole(role);
        return _proxies.GetOrAdd(typeName, name => new Lazy<IActorRef>(() => Attach(
            name, name + "Proxy", null, settings, messageExtractor, DefaultShardAllocationStrategy(settings), PoisonPill.Instance))).Value;
    }

    /// <summary>The same, for who does not want to wait.</summary>
    public Task<IActorRef> StartProxyAsync(string typeName, string? role, IMessageExtractor messageExtractor) => Task.FromResult(StartProxy(typeName, role, messageExtractor));

    /// <summary>The region or the proxy of a type that was started.</summary>
    public IActorRef ShardRegion(string typeName)
    {
        if (_regions.TryGetValue(typeName, out var region)) return region.Value;
        if (_proxies.TryGetValue(typeName, out var proxy)) return proxy.Value;
        throw new ArgumentException($"Shard type [{typeName}] must be started first");
    }

    /// <summary>The proxy of a type that was started.</summary>
    public IActorRef ShardRegionProxy(string typeName) => _proxies.TryGetValue(typeName, out var proxy)
        ? proxy.Value
        : throw new ArgumentException($"Shard type [{typeName}] must be started first");

    private IActorRef Attach(
        string typeName,
        string actorName,
        Func<string, Props>? entityProps,
        ClusterShardingSettings settings,
        IMessageExtractor extractor,
        IShardAllocationStrategy allocation,
        object stopMessage)
    {
        var path = $"system/{_guardian.Path.Name}/{Uri.EscapeDataString(typeName)}";
        ICanTell RegionOn(MemberRow member) => _cluster.Peer(Address.Parse(member.Address), path);
        var props = Region.Props(typeName, entityProps, settings, extractor, allocation, stopMessage, _cluster.Ownership, RegionOn);
        return _guardian.Cell.AttachChild(props, Uri.EscapeDataString(actorName));
    }

    private async Task<Done> HandOverAll()
    {
        await Task.WhenAll(_regions.Values.Select(r => HandOver(r.Value))).ConfigureAwait(InTurns);
        return Done.Instance;
    }

    private async Task HandOver(IActorRef region)
    {
        if (region is LocalActorRef { IsTerminated: true }) return;
        await region.Ask<Region.HandedOver>(new Region.HandOver(), CoordinatedShutdown.Get(_system).Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion))
            .ConfigureAwait(InTurns);
    }

    // Under the deterministic dispatcher what follows a wait is a turn like any other; elsewhere no actor's context is kept.
    private bool InTurns => ((ActorSystemImpl)_system).IsDeterministic;
}

/// <summary>Makes the sharding of a system.</summary>
public sealed class ClusterShardingExtensionProvider : ExtensionIdProvider<ClusterSharding>
{
    /// <inheritdoc />
    public override ClusterSharding CreateExtension(ExtendedActorSystem system) => new(system);
}
