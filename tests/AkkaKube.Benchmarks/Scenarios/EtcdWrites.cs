using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using AkkaKube.Benchmarks.Clients;
using AkkaKube.Benchmarks.Report;
using AkkaKube.Etcd;
using AkkaKube.Persistence;

namespace AkkaKube.Benchmarks.Scenarios;

/// <summary>An etcd shard under 256 concurrent writers against what group commit allows: rows that SQLite itself takes in groups of 1,024.</summary>
public sealed class EtcdWrites : IScenario
{
    private const int Clients = 256;
    private const int Writes = 100_000;
    private const int ValueBytes = 1024;

    public string Name => "etcd";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        List<double> raw = [], shard = [], share = [];
        await Shard(Writes / 5);
        RawGroups.Rate(20, ValueBytes);
        for (var run = 0; run < runs; run++)
        {
            // Both sides of the comparison meet the same disk at the same time.
            raw.Add(RawGroups.Rate(100, ValueBytes));
            shard.Add(await Shard(Writes));
            share.Add(100 * shard[^1] / raw[^1]);
        }

        return
        [
            new Row("SQLite alone, synchronous=FULL, groups of 1,024 rows of 1 KiB", "rows/s", raw, "", "22,000"),
            new Row("etcd shard, durability full, 256 concurrent writers of 1 KiB", "writes/s", shard, "", ""),
            new Row("etcd shard, of what group commit allows", "%", share, "60", ""),
        ];
    }

    private static async Task<double> Shard(int writes)
    {
        var data = Directory.CreateTempSubdirectory("akkakube-bench-").FullName;
        var config = ConfigurationFactory.ParseString($$"""
            akka { loglevel = WARNING, log-dead-letters = off }
            akka.persistence.journal.plugin = "akkakube.persistence.journal"
            akka.persistence.snapshot-store.plugin = "akkakube.persistence.snapshot-store"
            akkakube.persistence { durability = full, sqlite.path = "{{Path.Combine(data, "journal.db")}}" }
            """).WithFallback(Reference());
        var codec = new EventCodecs(
            EventCodecs.Entry.Of<ChangeBatch>(EtcdCodec.BatchManifest, EtcdCodec.Encode, EtcdCodec.DecodeBatch),
            EventCodecs.Entry.Of<ShardSnapshot>(EtcdCodec.SnapshotManifest, EtcdCodec.Encode, EtcdCodec.DecodeSnapshot));
        var system = ActorSystem.Create("bench", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new SqlPersistenceSetup(codec)));
        try
        {
            var shard = system.ActorOf(EtcdShard.Props("configmaps", EtcdSettings.From(config), new NoViews()));
            await shard.Ask<EtcdShard.AtRevision>(new EtcdShard.GetRevision());
            var done = new TaskCompletionSource();
            var elapsed = Stopwatch.StartNew();
            for (var client = 0; client < Clients; client++)
            {
                var (key, share) = ($"default/writer-{client}", writes / Clients);
                system.ActorOf(Props.Create(() => new Writer(shard, key, share, ValueBytes)));
            }

            system.ActorOf(Props.Create(() => new Finish(shard, (writes / Clients) * Clients, done)));
            await done.Task;
            return (writes / Clients) * Clients / elapsed.Elapsed.TotalSeconds;
        }
        finally
        {
            await system.Terminate();
            Directory.Delete(data, recursive: true);
        }
    }

    private static Config Reference()
    {
        using var reader = new StreamReader(typeof(EtcdWrites).Assembly.GetManifestResourceStream("reference.conf")!);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }

    /// <summary>Writes its key again as soon as the last write is durable.</summary>
    private sealed class Writer : ReceiveActor
    {
        public Writer(IActorRef shard, string key, int writes, int bytes)
        {
            var left = writes;
            var value = new byte[bytes];
            Random.Shared.NextBytes(value);
            Receive<EtcdShard.Written>(written => Next(written.Change.Revision));
            Receive<EtcdShard.Reply>(other => throw new InvalidOperationException($"A write was answered with {other}."));
            Next(null);

            void Next(long? revision)
            {
                if (left-- > 0) shard.Tell(new EtcdShard.Put(key, value, revision), Self);
            }
        }
    }

    /// <summary>Sees when all writes are there.</summary>
    private sealed class Finish : ReceiveActor
    {
        public Finish(IActorRef shard, int writes, TaskCompletionSource done)
        {
            var seen = 0;
            Receive<EtcdShard.Following>(_ => { });
            Receive<EtcdShard.Changes>(changes =>
            {
                seen += changes.Items.Count;
                if (seen >= writes) done.TrySetResult();
            });
            shard.Tell(new EtcdShard.Follow(1), Self);
        }
    }
}
