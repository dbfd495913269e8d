using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Membership;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Dispatch.Deterministic;
using Akka.Remote.Transport.Simulated;
using Akka.Serialization;

namespace Akka.Cluster.Tests.TestHosts;

/// <summary>
/// Whole hosts in one process: actor systems with remoting over a simulated network, with membership over one table, with sharding; one virtual time, and
/// one order that the seed decides.
/// </summary>
internal sealed class WholeHosts : IDisposable
{
    private static int s_tables;

    private readonly string _table = $"whole-{Interlocked.Increment(ref s_tables)}";
    private readonly SimulatedNetwork _network;
    private readonly ActorSystem _leader;
    private readonly int _seed;
    private readonly string _settings;
    private readonly Func<string, Journal, int, Props> _entity = static (id, journal, host) => Props.Create(() => new Recorder(journal, host, id));
    private readonly SortedDictionary<int, ActorSystem> _alive = [];
    private readonly List<ActorSystem> _ended = [];

    public WholeHosts(int seed, string settings = "")
    {
        _seed = seed;
        _settings = settings;
        _network = new SimulatedNetwork(seed) { DefaultDelay = static random => TimeSpan.FromMilliseconds(random.NextDouble() * 3) };
        // Keeps time and order; it is no host, so that any host may die.
        _leader = ActorSystem.Create("time", ConfigurationFactory.ParseString(VirtualTime.Settings(seed)));
        Run = DeterministicRun.Of(_leader)!;
        Extractor = HashCodeMessageExtractor.Create(24, static m => (m as Note)?.Entity);
    }

    public DeterministicRun Run { get; }
    public Journal Journal { get; } = new();
    public IMessageExtractor Extractor { get; }
    public IReadOnlyCollection<int> Alive => _alive.Keys;
    public ActorSystem this[int host] => _alive[host];
    public InMemoryMembership Table => InMemoryMembership.Of(_table);

    public TimeSpan Now => _leader.Scheduler.MonotonicClock;

    public bool Until(Func<bool> holds, double seconds) => Run.RunUntil(holds, TimeSpan.FromSeconds(seconds));

    public void Pass(double seconds) => Run.RunUntil(static () => false, TimeSpan.FromSeconds(seconds));

    public ActorSystem Start(int host)
    {
        var config = ConfigurationFactory.ParseString(_settings).WithFallback(ConfigurationFactory.ParseString($$"""
            akka {
              actor.provider = cluster
              remote.enabled-transports = ["akka.remote.test"]
              remote.test { hostname = "h{{host}}", port = 7100 }
              cluster { auto-join = on, roles = ["host-h{{host}}"], in-memory-table.name = "{{_table}}" }
            }
            """)).WithFallback(ConfigurationFactory.ParseString(VirtualTime.Settings(_seed)));
        var system = ActorSystem.Create("akkakube", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(config), _network, new SharedRun(_leader),
            SerializationSetup.Create(s => [SerializerDetails.Create("note", new NoteSerializer(s), [typeof(Note)])])));
        Journal.Lives(host);
        _alive[host] = system;
        return system;
    }

    public IActorRef Shard(int host)
    {
        var system = _alive[host];
        return ClusterSharding.Get(system).Start("notes", id => _entity(id, Journal, host), ClusterShardingSettings.Create(system), Extractor);
    }

    public int? OwnerOf(string lease) => Table.View().Leases.TryGetValue(lease, out var row) && row.Owner is { } uid
        ? _alive.Where(a => Cluster.Get(a.Value).SelfUniqueAddress.Uid == uid).Select(static a => (int?)a.Key).FirstOrDefault()
        : null;

    public string Describe() => string.Join("\n",
        _alive.Select(a => $"h{a.Key} {Cluster.Get(a.Value).SelfUniqueAddress} {Cluster.Get(a.Value).SelfMember.Status}{(a.Value.WhenTerminated.IsCompleted ? " ended" : "")}")
            .Concat(Table.View().Members.Select(static m => m.ToString()))
            .Concat(Table.View().Leases.Values.Select(static l => l.ToString())));

    /// <summary>kill -9.</summary>
    public void Kill(int host)
    {
        var system = _alive[host];
        Journal.Dies(host);
        _network.Crash(Cluster.Get(system).SelfAddress);
        Run.Crash(system);
        _alive.Remove(host);
    }

    /// <summary>Cuts it off from all others, both ways; it still reaches the table. The task ends with it.</summary>
    public Task CutOff(int host)
    {
        var system = _alive[host];
        _alive.Remove(host);
        _ended.Add(system);
        foreach (var other in _alive.Values) _network.Partition(Cluster.Get(system).SelfAddress, Cluster.Get(other).SelfAddress);
        return system.WhenTerminated;
    }

    /// <summary>Ends it as an operator does; the task ends with it.</summary>
    public Task Leave(int host)
    {
        var system = _alive[host];
        _alive.Remove(host);
        _ended.Add(system);
        return CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    public void Dispose()
    {
        foreach (var host in _alive.Keys.ToList()) Kill(host);
        var end = _leader.Terminate();
        Until(() => end.IsCompleted, 60);
    }
}
