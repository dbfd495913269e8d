using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tests.TestHosts;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>Whole hosts, with remoting, membership and sharding as they are, while messages flow to 100 entities.</summary>
public class WholeClusterSpec
{
    private const int Entities = 100;

    private readonly Dictionary<(string Entity, string From), int> _sent = [];
    private int _round;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    private void Burst(WholeHosts hosts, Random random, int most = 40)
    {
        foreach (var host in hosts.Alive)
        {
            var region = ClusterSharding.Get(hosts[host]).ShardRegion("notes");
            for (var i = random.Next(most); i > 0; i--)
            {
                var (entity, from) = ($"e{random.Next(Entities)}", $"{Cluster.Get(hosts[host]).SelfUniqueAddress}");
                var number = _sent[(entity, from)] = _sent.GetValueOrDefault((entity, from)) + 1;
                region.Tell(new Note(entity, from, number), ActorRefs.NoSender);
            }
        }
    }

    private static void Start(WholeHosts hosts, int host)
    {
        hosts.Start(host);
        hosts.Shard(host);
        hosts.Until(() => Cluster.Get(hosts[host]).IsUp, 10).ShouldBeTrue(hosts.Describe());
    }

    private IEnumerable<string> Missing(Journal journal) => _sent
        .Where(s => !journal.Handled.TryGetValue(s.Key, out var handled) || handled.Count != s.Value)
        .Select(s => $"{s.Key}: {s.Value} sent, {string.Join(",", journal.Handled.GetValueOrDefault(s.Key, []))} handled");

    /// <summary>From every host every entity is reached; what was sent to a host that is dead, and not known to be, is sent again.</summary>
    private void EverybodyAnswers(WholeHosts hosts, double seconds, bool again = false)
    {
        var round = ++_round;
        var open = hosts.Alive.SelectMany(h => Enumerable.Range(0, Entities).Select(i => (Host: h, Entity: $"e{i}"))).ToHashSet();
        bool Answered((int Host, string Entity) pair) => hosts.Journal.Handled.ContainsKey((pair.Entity, $"round-{round}-{pair.Host}"));
        var end = hosts.Now + TimeSpan.FromSeconds(seconds);
        for (var number = 1; open.Count > 0 && hosts.Now < end && (again || number == 1); number++)
        {
            foreach (var (host, entity) in open)
                ClusterSharding.Get(hosts[host]).ShardRegion("notes").Tell(new Note(entity, $"round-{round}-{host}", number), ActorRefs.NoSender);
            hosts.Until(() => open.All(Answered), again ? 0.5 : seconds);
            open.RemoveWhere(Answered);
        }

        open.ShouldBeEmpty();
    }

    [Fact]
    public void A_cluster_of_one_host_has_all_its_shards_as_soon_as_it_is_up()
    {
        using var hosts = new WholeHosts(1);
        Start(hosts, 1);
        EverybodyAnswers(hosts, 0.2);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_rolling_restart_under_load_loses_nothing_and_keeps_order(int seed)
    {
        using var hosts = new WholeHosts(seed);
        var random = new Random(seed);
        for (var host = 1; host <= 3; host++) Start(hosts, host);
        for (var host = 1; host <= 3; host++)
        {
            for (var i = 0; i < 5; i++)
            {
                Burst(hosts, random);
                hosts.Pass(random.NextDouble());
            }

            var left = hosts.Leave(host);
            for (var i = 0; i < 20 && !left.IsCompleted; i++)
            {
                Burst(hosts, random);
                hosts.Pass(0.25);
            }

            left.IsCompleted.ShouldBeTrue("a host takes less than 5 s to leave");
            Start(hosts, host);
        }

        hosts.Pass(10);
        hosts.Journal.Faults.ShouldBeEmpty();
        Missing(hosts.Journal).ShouldBeEmpty();
        EverybodyAnswers(hosts, 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_a_host_was_killed_every_entity_runs_elsewhere_within_ten_seconds(int seed)
    {
        using var hosts = new WholeHosts(seed, seed % 2 == 0 ? "akka.cluster.sharding.remember-entities = on" : "");
        var random = new Random(seed);
        for (var host = 1; host <= 3; host++) Start(hosts, host);
        EverybodyAnswers(hosts, 5);
        var next = 4;
        for (var round = 0; round < 3; round++)
        {
            Burst(hosts, random);
            hosts.Run.RunNext();
            hosts.Kill(hosts.Alive.ElementAt(random.Next(3)));
            hosts.Pass(1);
            EverybodyAnswers(hosts, 9, again: true);
            Start(hosts, next++);
            Burst(hosts, random);
            hosts.Pass(random.NextDouble() * 10);
        }

        hosts.Pass(10);
        hosts.Journal.Faults.ShouldBeEmpty();
        EverybodyAnswers(hosts, 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_host_that_the_others_cannot_reach_stops_and_its_entities_run_elsewhere_and_never_twice(int seed)
    {
        using var hosts = new WholeHosts(seed, "akka.cluster.sharding.remember-entities = on");
        var random = new Random(seed);
        for (var host = 1; host <= 3; host++) Start(hosts, host);
        EverybodyAnswers(hosts, 5);
        hosts.Pass(5 + random.NextDouble());
        Burst(hosts, random);
        var ended = hosts.CutOff(1 + random.Next(3));
        hosts.Pass(1);
        EverybodyAnswers(hosts, 12, again: true);
        hosts.Until(() => ended.IsCompleted, 20).ShouldBeTrue();
        hosts.Pass(5);
        hosts.Journal.Running.Count().ShouldBe(Entities);
        hosts.Journal.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void After_all_hosts_were_killed_at_once_the_remembered_entities_come_back_with_them()
    {
        using var hosts = new WholeHosts(1, "akka.cluster.sharding.remember-entities = on");
        for (var host = 1; host <= 3; host++) Start(hosts, host);
        EverybodyAnswers(hosts, 5);
        for (var host = 1; host <= 3; host++) hosts.Kill(host);
        hosts.Journal.Running.ShouldBeEmpty();
        for (var host = 1; host <= 2; host++) Start(hosts, host);
        hosts.Until(() => hosts.Journal.Running.Count() == Entities, 10).ShouldBeTrue(hosts.Describe());
        EverybodyAnswers(hosts, 1);
        hosts.Journal.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shards_are_spread_and_every_region_tells_the_same()
    {
        using var hosts = new WholeHosts(3, "akka.cluster.sharding.remember-entities = on");
        for (var host = 1; host <= 3; host++) Start(hosts, host);
        EverybodyAnswers(hosts, 5);
        hosts.Pass(20);
        var stats = ClusterSharding.Get(hosts[2]).ShardRegion("notes").Ask<ClusterShardingStats>(new GetClusterShardingStats(TimeSpan.FromSeconds(2)));
        hosts.Until(() => stats.IsCompleted, 3).ShouldBeTrue();
        var told = (await stats).Regions;
        told.Values.Select(static r => r.Stats.Count).ShouldBe([8, 8, 8]);
        told.Values.Sum(static r => r.Stats.Values.Sum()).ShouldBe(Entities);
        var regions = ClusterSharding.Get(hosts[3]).ShardRegion("notes").Ask<CurrentRegions>(GetCurrentRegions.Instance);
        hosts.Until(() => regions.IsCompleted, 3).ShouldBeTrue();
        (await regions).Regions.Order().ShouldBe(told.Keys.Order());
    }
}
