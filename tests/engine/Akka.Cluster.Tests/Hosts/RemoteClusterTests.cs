using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Dispatch.Deterministic;
using Akka.Remote.Transport.Simulated;
using Akka.TestKit;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tests.Hosts;

/// <summary>The cluster over remoting: several systems of one process on a simulated network, in one virtual time and one seeded order.</summary>
public sealed class RemoteClusterTests : IDisposable
{
    private static int s_tables;

    private readonly SimulatedNetwork _network = new(3) { DefaultDelay = static random => TimeSpan.FromMilliseconds(0.2 + random.NextDouble() * 3) };
    private readonly string _table = $"remote-{Interlocked.Increment(ref s_tables)}";
    private readonly List<ActorSystem> _systems = [];

    public void Dispose()
    {
        foreach (var system in Enumerable.Reverse(_systems)) _ = system.Terminate();
        Until("all have ended", () => _systems.TrueForAll(static s => s.WhenTerminated.IsCompleted), 60);
    }

    [Fact]
    public void Three_systems_find_each_other_and_send_between_their_actors()
    {
        StartAll();
        Cluster.Get(_systems[0]).State.Members.Select(static m => m.Address).ShouldBe(_systems.Select(static s => Cluster.Get(s).SelfAddress), ignoreOrder: true);
        Cluster.Get(_systems[1]).State.Unreachable.ShouldBeEmpty();
        var heard = new List<string>();
        _systems[2].ActorOf(Props.Create(() => new Keeper(heard)), "keeper");
        _systems[0].ActorSelection($"{Cluster.Get(_systems[2]).SelfAddress}/user/keeper").Tell("hello");
        Until("it has arrived", () => heard.Count == 1, 2);
    }

    [Fact]
    public void Nobody_is_declared_dead_while_nothing_is_broken()
    {
        StartAll();
        Pass(60);
        _systems.ShouldAllBe(static s => Cluster.Get(s).IsUp && Cluster.Get(s).State.Members.Count == 3 && Cluster.Get(s).State.Unreachable.IsEmpty);
    }

    [Fact]
    public void A_host_that_is_cut_off_from_the_others_stops_and_who_watched_its_actors_is_told()
    {
        StartAll();
        var heard = new List<string>();
        _systems[2].ActorOf(Props.Create(() => new Keeper(heard)), "keeper");
        var gone = new List<string>();
        var place = $"{Cluster.Get(_systems[2]).SelfAddress}/user/keeper";
        _systems[0].ActorOf(Props.Create(() => new Watcher(place, gone)), "watcher");
        Until("it is watched", () => heard.Count > 0, 5);
        foreach (var other in _systems.Take(2)) _network.Partition(Cluster.Get(other).SelfAddress, Cluster.Get(_systems[2]).SelfAddress);
        Until("it stops", () => _systems[2].WhenTerminated.IsCompleted, 10);
        CoordinatedShutdown.Get(_systems[2]).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterDowningReason>();
        Until("the watcher is told", () => gone.Count == 1, 6);
        _systems.Take(2).ShouldAllBe(static s => Cluster.Get(s).IsUp && Cluster.Get(s).State.Members.Count == 2);
    }

    [Fact]
    public void A_dead_host_that_comes_back_to_the_network_but_not_to_the_table_learns_from_the_others_that_it_is_dead()
    {
        StartAll();
        var lost = _systems[2];
        InMemoryMembership.Of(_table).Cut(lost);
        foreach (var other in _systems.Take(2)) _network.Partition(Cluster.Get(other).SelfAddress, Cluster.Get(lost).SelfAddress);
        Until("it is forgotten", () => InMemoryMembership.Of(_table).View().Members.Count == 2, 10);
        Pass(20);
        lost.WhenTerminated.IsCompleted.ShouldBeFalse("it cannot know");
        Cluster.Get(lost).HostLease.IsValid.ShouldBeFalse();
        _network.HealAll();
        Until("it stops", () => lost.WhenTerminated.IsCompleted, 10);
        CoordinatedShutdown.Get(lost).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterDowningReason>();
        _systems.Take(2).ShouldAllBe(static s => Cluster.Get(s).IsUp && Cluster.Get(s).State.Members.Count == 2);
    }

    [Fact]
    public void A_cut_that_heals_before_it_counts_leaves_everything_as_it_was()
    {
        StartAll();
        _network.Partition(Cluster.Get(_systems[0]).SelfAddress, Cluster.Get(_systems[2]).SelfAddress);
        Until("somebody says so", () => !Cluster.Get(_systems[1]).State.Unreachable.IsEmpty, 6);
        _network.HealAll();
        Pass(20);
        _systems.ShouldAllBe(static s => Cluster.Get(s).IsUp && Cluster.Get(s).State.Members.Count == 3 && Cluster.Get(s).State.Unreachable.IsEmpty);
    }

    [Fact]
    public void A_host_that_leaves_is_removed_and_the_others_go_on()
    {
        StartAll();
        Cluster.Get(_systems[0]).Leave(Cluster.Get(_systems[1]).SelfAddress);
        Until("it has left", () => _systems[1].WhenTerminated.IsCompleted, 10);
        Pass(5);
        Cluster.Get(_systems[0]).State.Members.Count.ShouldBe(2);
        Cluster.Get(_systems[2]).IsUp.ShouldBeTrue();
    }

    [Fact]
    public void A_system_without_remoting_cannot_be_in_a_cluster()
    {
        using var system = ActorSystem.Create("alone", "akka.loggers = [], akka.stdout-loglevel = OFF");
        Should.Throw<ConfigurationException>(() => Cluster.Get(system)).Message.ShouldContain("akka.actor.provider");
    }

    private void StartAll()
    {
        for (var i = 1; i <= 3; i++) Start($"10.0.0.{i}");
        Until("all are up", () => _systems.TrueForAll(static s => Cluster.Get(s).State.Members.Count(static m => m.Status == MemberStatus.Up) == 3), 5);
    }

    private void Start(string host)
    {
        var config = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF, stdout-loglevel = OFF, loggers = []
              log-dead-letters = off
              scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
              actor {
                provider = cluster
                default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = 11 }
              }
              remote { enabled-transports = ["akka.remote.test"], test.hostname = "{{host}}" }
              cluster { auto-join = on, in-memory-table.name = "{{_table}}" }
            }
            """);
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), _network);
        _systems.Add(ActorSystem.Create("akkakube", _systems.Count == 0 ? setup : setup.And(new SharedRun(_systems[0]))));
    }

    private void Pass(double seconds) => ((TestScheduler)_systems[0].Scheduler).Advance(TimeSpan.FromSeconds(seconds));

    private void Until(string what, Func<bool> holds, double seconds)
    {
        for (var passed = 0.0; !holds(); passed += 0.05)
        {
            if (passed > seconds) throw new InvalidOperationException($"{seconds} s were not enough until {what}. Rows: {string.Join("; ", InMemoryMembership.Of(_table).View().Members)}");
            Pass(0.05);
        }
    }

    private sealed class Keeper : ReceiveActor
    {
        public Keeper(List<string> heard)
        {
            Receive<string>(heard.Add);
        }
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(string path, List<string> gone)
        {
            var watched = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path);
            Context.Watch(watched);
            watched.Tell("watched");
            Receive<Terminated>(t => gone.Add(t.ActorRef.Path.Name));
        }
    }
}
