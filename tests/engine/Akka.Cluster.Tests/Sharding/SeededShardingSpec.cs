using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tests.TestHosts;
using Akka.Configuration;
using Akka.Dispatch.Deterministic;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>Whole clusters of regions in one thread, in an order that a seed decides, while hosts join, leave and die and messages flow.</summary>
public class SeededShardingSpec
{
    private const int Entities = 100;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void While_hosts_join_and_leave_every_message_arrives_once_and_in_order(int seed)
    {
        using var walk = new Walk(seed, remember: false);
        walk.Go(steps: 60, canKill: false);
        walk.Rest();
        walk.Journal.Faults.ShouldBeEmpty();
        walk.Missing().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void While_hosts_die_too_no_entity_runs_twice_and_order_holds(int seed)
    {
        using var walk = new Walk(seed, remember: seed % 2 == 0);
        walk.Go(steps: 60, canKill: true);
        walk.Rest();
        walk.Journal.Faults.ShouldBeEmpty();
        walk.EverybodyAnswers();
    }

    [Fact]
    public void A_single_host_has_all_its_shards_at_once()
    {
        using var walk = new Walk(1, remember: false);
        walk.Join();
        for (var i = 0; i < Entities; i++) walk.Send(1, $"e{i}", "start");
        walk.Run(TimeSpan.FromMilliseconds(100), () => walk.Journal.Count == Entities).ShouldBeTrue();
    }

    /// <summary>A run of a cluster of regions.</summary>
    private sealed class Walk : IDisposable
    {
        private readonly TestKit.Xunit2.TestKit _kit;
        private readonly DeterministicRun _run;
        private readonly Random _random;
        private readonly ShardedHosts _hosts;
        private readonly Dictionary<(string Entity, string From), int> _sent = [];
        private int _next;

        public Walk(int seed, bool remember)
        {
            _kit = new TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString($$"""
                akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
                akka.actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = {{seed}} }
                akka.loglevel = ERROR
                akka.log-dead-letters = off
                """));
            _run = DeterministicRun.Of(_kit.Sys)!;
            _random = new Random(seed);
            var settings = ClusterShardingSettings.Create(_kit.Sys);
            _hosts = new ShardedHosts(_kit.Sys, Journal, settings.WithRememberEntities(remember), shards: 24);
        }

        public Journal Journal { get; } = new();

        public void Dispose() => _kit.Dispose();

        public bool Run(TimeSpan limit, Func<bool>? until = null) => _run.RunUntil(until ?? (static () => false), limit);

        public void Join() => _hosts.Start(++_next, proxy: _next % 5 == 0);

        public void Send(int host, string entity, string from)
        {
            var number = _sent[(entity, from)] = _sent.GetValueOrDefault((entity, from)) + 1;
            _hosts[host].Tell(new Note(entity, from, number), ActorRefs.NoSender);
        }

        public void Go(int steps, bool canKill)
        {
            Join();
            for (var step = 0; step < steps; step++)
            {
                switch (_random.Next(canKill ? 12 : 10))
                {
                    case 0 when _hosts.Alive.Count < 5:
                        Join();
                        break;
                    case 1 or 2 when _hosts.Alive.Count > 2:
                        Leave(Any());
                        break;
                    case 10 or 11 when _hosts.Alive.Count > 2:
                        Kill(Any());
                        break;
                    default:
                        Burst();
                        break;
                }

                for (var turns = _random.Next(200); turns > 0; turns--) _run.RunNext();
                if (_random.Next(3) == 0) Run(TimeSpan.FromMilliseconds(_random.Next(3000)));
            }
        }

        /// <summary>Lets everything come to rest.</summary>
        public void Rest()
        {
            while (_hosts.Alive.All(static h => h % 5 == 0) || _hosts.Alive.Count < 2) Join();
            Run(TimeSpan.FromSeconds(60));
        }

        public IEnumerable<string> Missing() => _sent
            .Where(s => !Journal.Handled.TryGetValue(s.Key, out var handled) || handled.Count != s.Value)
            .Select(s => $"{s.Key}: {s.Value} sent, {string.Join(",", Journal.Handled.GetValueOrDefault(s.Key, []))} handled");

        /// <summary>From every host to every entity.</summary>
        public void EverybodyAnswers()
        {
            var before = Journal.Count;
            foreach (var host in _hosts.Alive)
            {
                for (var i = 0; i < Entities; i++) Send(host, $"e{i}", $"last-{host}");
            }

            Run(TimeSpan.FromSeconds(10), () => Journal.Count == before + (_hosts.Alive.Count * Entities));
            (Journal.Count - before).ShouldBe(_hosts.Alive.Count * Entities);
            for (var i = 0; i < Entities; i++) Journal.HostOf($"e{i}").ShouldBe(_hosts.OwnerOf($"e{i}"));
        }

        private int Any() => _hosts.Alive[_random.Next(_hosts.Alive.Count)];

        private void Burst()
        {
            var host = Any();
            for (var i = _random.Next(60); i > 0; i--) Send(host, $"e{_random.Next(Entities)}", $"from-{host}");
        }

        private void Leave(int uid)
        {
            _hosts.Leave(uid);
            // The table follows: sometimes it says so first, sometimes only after all has been handed over.
            if (_random.Next(2) == 0) _hosts.Table.Move(uid, MemberStatus.Leaving);
            else _kit.Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(2), () => _hosts.Table.Move(uid, MemberStatus.Leaving));
        }

        private void Kill(int uid)
        {
            _hosts.Kill(uid);
            _kit.Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(4), () => _hosts.Table.Kill(uid));
        }
    }
}
