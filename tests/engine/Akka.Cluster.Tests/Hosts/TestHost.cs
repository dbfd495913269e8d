using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Configuration;
using Akka.Coordination;
using Akka.Dispatch.Deterministic;
using Akka.TestKit;

namespace Akka.Cluster.Tests.Hosts;

/// <summary>A host of <see cref="TestHosts"/>: an actor system with virtual time and a seeded order of its own.</summary>
internal sealed class TestHost
{
    private readonly TestScheduler _scheduler;
    private readonly DeterministicRun _run;
    private TimeSpan _offset;

    public TestHost(TestHosts hosts, string name, int uid, int seed, string settings)
    {
        Name = name;
        Uid = uid;
        Address = AddressOf(name);
        var config = ConfigurationFactory.ParseString(settings).WithFallback(ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = OFF, stdout-loglevel = OFF, loggers = []
              log-dead-letters = off
              scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
              actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = {{seed}} }
              cluster { auto-join = on, roles = ["host-{{name}}"], in-memory-table.name = "{{hosts.TableName}}" }
              test-lease.lease-class = "Akka.Cluster.Coordination.TableLease, Akka.Cluster"
            }
            """));
        var self = new UniqueAddress(Address, uid);
        System = ActorSystem.Create("akkakube", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(config),
            new ClusterSetup(self, (to, path) => new Link(hosts, this, to, path)) { Clock = Clock }));
        _scheduler = (TestScheduler)System.Scheduler;
        _run = DeterministicRun.Of(System)!;
        Cluster = Cluster.Get(System);
    }

    public string Name { get; }
    public int Uid { get; }
    public Address Address { get; }
    public ActorSystem System { get; }
    public Cluster Cluster { get; }

    /// <summary>Stopped by a signal: nothing runs, only time does.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Gone without a word.</summary>
    public bool IsKilled { get; set; }

    public bool HasEnded => System.WhenTerminated.IsCompleted;

    public MemberStatus Status => Cluster.SelfMember.Status;

    /// <summary>How much faster its clock runs than that of the test.</summary>
    public double Drift { get; set; }

    public static Address AddressOf(string name) => new("akka.tcp", "akkakube", name, 7100);

    /// <summary>Whether this host may act under the lease now.</summary>
    public bool Has(string lease) => LeaseProvider.Get(System).GetLease(lease, "akka.test-lease", "test").CheckLease();

    public long? EpochOf(string lease) => HeldLeases.Of(System).EpochOf(lease);

    public void Tell(string path, object message) => System.ActorSelection("/" + path).Tell(message, ActorRefs.NoSender);

    /// <summary>Gives one turn; false when nobody has anything to do.</summary>
    public bool RunNext() => !IsFrozen && !IsKilled && _run.RunNext();

    public void LetPass(TimeSpan time)
    {
        if (IsKilled) return;
        var mine = time * (1 + Drift);
        if (IsFrozen || HasEnded) _offset += mine;
        else _scheduler.Advance(mine);
    }

    private TimeSpan Clock() => System is null ? TimeSpan.Zero : System.Scheduler.MonotonicClock + _offset;

    /// <summary>The way to an actor of another host.</summary>
    private sealed class Link(TestHosts hosts, TestHost from, Address to, string path) : ICanTell
    {
        public void Tell(object message, IActorRef sender) => hosts.Send(from, to, path, message);
    }
}
