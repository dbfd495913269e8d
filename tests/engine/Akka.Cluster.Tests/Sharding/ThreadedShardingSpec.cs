using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tests.TestHosts;
using Akka.Configuration;
using Akka.Serialization;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>Hosts with threads and sockets of their own: nothing here may depend on how fast they are, so silence never counts as death.</summary>
public sealed class ThreadedShardingSpec : IAsyncLifetime
{
    private const int Entities = 100;

    private readonly Journal _journal = new();
    private readonly string _table = $"threaded-{Guid.NewGuid()}";
    private readonly List<ActorSystem> _systems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(_systems.Select(static s => s.Terminate()));

    private async Task<IActorRef> Start()
    {
        var host = _systems.Count + 1;
        var config = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF, stdout-loglevel = OFF, loggers = []
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
              cluster {
                auto-join = on, in-memory-table.name = "{{_table}}"
                lease-ttl = 10 m
                sharding.rebalance-interval = 200 ms
                failure-detector { acceptable-heartbeat-pause = 10 m, expected-response-after = 10 m }
              }
            }
            """);
        var system = ActorSystem.Create("akkakube", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config),
            SerializationSetup.Create(s => [SerializerDetails.Create("note", new NoteSerializer(s), [typeof(Note)])])));
        _systems.Add(system);
        var journal = _journal;
        var region = ClusterSharding.Get(system).Start("notes", id => Props.Create(() => new Recorder(journal, host, id)), ClusterShardingSettings.Create(system),
            HashCodeMessageExtractor.Create(24, static m => (m as Note)?.Entity));
        var up = new TaskCompletionSource();
        Cluster.Get(system).RegisterOnMemberUp(() => up.TrySetResult());
        await up.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return region;
    }

    /// <summary>Until balance has brought shards to a host, and messages have started entities in them.</summary>
    private static async Task HasEntities(IActorRef region)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var tooLong = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, TimeSpan.FromMinutes(1))).Stats.Values.Sum() < 10) await poll.WaitForNextTickAsync(tooLong.Token);
    }

    [Fact]
    public async Task While_hosts_come_and_go_every_message_is_answered_once_and_in_order()
    {
        var regions = new List<IActorRef> { await Start(), await Start() };
        var senders = new List<Task<int>>();
        using var enough = new CancellationTokenSource();
        // Those who send stay; those who come and go have entities alone.
        for (var i = 0; i < 2; i++)
        {
            var (region, from) = (regions[i], $"from-{i}");
            senders.Add(Task.Run(async () =>
            {
                var sent = 0;
                while (!enough.IsCancellationRequested)
                {
                    // One batch is on its way to all entities; its last answers come while the next is being sent.
                    sent++;
                    await Task.WhenAll(Enumerable.Range(0, Entities).Select(e => region.Ask<int>(new Note($"e{e}", from, sent), TimeSpan.FromMinutes(1))));
                }

                return sent;
            }));
        }

        for (var i = 0; i < 2; i++)
        {
            var region = await Start();
            var newcomer = _systems[^1];
            await HasEntities(region);
            var left = CoordinatedShutdown.Get(newcomer).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
            await left.WaitAsync(TimeSpan.FromMinutes(1));
        }

        await enough.CancelAsync();
        var sent = await Task.WhenAll(senders);
        _journal.Faults.ShouldBeEmpty();
        _journal.Count.ShouldBe(sent.Sum() * Entities);
    }
}
