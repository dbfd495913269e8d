using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;

namespace AkkaKube.Etcd.Tests;

public sealed class EtcdShardTests() : TestKit(ReferenceConf.With(GatedJournal.Config + "\nakkakube.etcd.restart-min = 10 ms"))
{
    private static readonly EtcdSettings Defaults = EtcdSettings.From(ReferenceConf.With());

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private IActorRef Shard(EtcdSettings? settings = null) => Sys.ActorOf(EtcdShard.Props("configmaps", settings ?? Defaults, NoViews.Instance));

    private IActorRef Restarted(IActorRef shard, EtcdSettings? settings = null)
    {
        Watch(shard);
        Sys.Stop(shard);
        ExpectTerminated(shard);
        Unwatch(shard);
        return Shard(settings);
    }

    private long Put(IActorRef shard, string key, string value, long? expected = null)
    {
        shard.Tell(new EtcdShard.Put(key, Bytes(value), expected), TestActor);
        return ExpectMsg<EtcdShard.Written>().Change.Revision;
    }

    private GatedJournal.Gate Gate => GatedJournal.GateOf(Sys);

    [Fact]
    public void The_first_write_of_an_empty_shard_gets_revision_two()
    {
        var shard = Shard();
        shard.Tell(new EtcdShard.GetRevision(), TestActor);
        ExpectMsg<EtcdShard.AtRevision>().Revision.ShouldBe(1);
        Put(shard, "a", "1").ShouldBe(2);
        Put(shard, "b", "1").ShouldBe(3);
    }

    [Fact]
    public void A_put_with_a_stale_revision_is_refused_and_changes_nothing()
    {
        var shard = Shard();
        var revision = Put(shard, "a", "1");
        shard.Tell(new EtcdShard.Put("a", Bytes("2"), 7) { Tag = "t" }, TestActor);
        var conflict = ExpectMsg<EtcdShard.Conflict>();
        conflict.Tag.ShouldBe("t");
        conflict.Current!.Revision.ShouldBe(revision);
        shard.Tell(new EtcdShard.Get("a"), TestActor);
        Text(ExpectMsg<EtcdShard.Found>().Entry!.Value).ShouldBe("1");
    }

    [Fact]
    public void A_create_of_a_key_that_exists_is_refused()
    {
        var shard = Shard();
        Put(shard, "a", "1");
        shard.Tell(new EtcdShard.Put("a", Bytes("2"), null), TestActor);
        Text(ExpectMsg<EtcdShard.Conflict>().Current!.Value).ShouldBe("1");
    }

    [Fact]
    public void A_write_stamps_its_revision_into_the_value()
    {
        var shard = Shard();
        shard.Tell(new EtcdShard.Put("a", Bytes("{\"rv\":\"\"}"), null) { StampAt = 7 }, TestActor);
        Text(ExpectMsg<EtcdShard.Written>().Change.Value).ShouldBe("{\"rv\":\"2\"}");
    }

    [Fact]
    public void A_deleted_key_is_gone_and_may_be_created_again()
    {
        var shard = Shard();
        var revision = Put(shard, "a", "1");
        shard.Tell(new EtcdShard.Delete("a", Bytes("last"), revision), TestActor);
        ExpectMsg<EtcdShard.Written>().Change.IsDelete.ShouldBeTrue();
        shard.Tell(new EtcdShard.Get("a"), TestActor);
        ExpectMsg<EtcdShard.Found>().Entry.ShouldBeNull();
        Put(shard, "a", "2").ShouldBe(revision + 2);
    }

    [Fact]
    public void A_range_is_sorted_and_bounded_by_its_prefix()
    {
        var shard = Shard();
        foreach (var key in new[] { "x/b", "y/a", "x/a" }) Put(shard, key, "1");
        shard.Tell(new EtcdShard.Range("x/"), TestActor);
        ExpectMsg<EtcdShard.Ranged>().Entries.Select(entry => entry.Key).ShouldBe(["x/a", "x/b"]);
    }

    [Fact]
    public void Writes_that_arrive_while_one_is_written_share_the_next_journal_write()
    {
        var shard = Shard();
        Put(shard, "warm", "1");
        Gate.Close();
        for (var i = 0; i < 100; i++) shard.Tell(new EtcdShard.Put($"k{i}", Bytes("v"), null), TestActor);
        shard.Tell(new EtcdShard.GetRevision(), TestActor);
        ExpectMsg<EtcdShard.AtRevision>().Revision.ShouldBe(2, "nothing of it is durable yet");
        Gate.Open();
        ReceiveN(100, TimeSpan.FromSeconds(10)).Cast<EtcdShard.Written>().Select(written => written.Change.Revision).ShouldBe(Enumerable.Range(3, 100).Select(i => (long)i));
        Gate.Batches.ShouldBe([1, 1, 99]);
    }

    [Fact]
    public void A_batch_is_bounded()
    {
        var shard = Shard(Defaults with { BatchChanges = 10 });
        Put(shard, "warm", "1");
        Gate.Close();
        for (var i = 0; i < 25; i++) shard.Tell(new EtcdShard.Put($"k{i}", Bytes("v"), null), TestActor);
        shard.Tell(new EtcdShard.GetRevision(), TestActor);
        ExpectMsg<EtcdShard.AtRevision>();
        Gate.Open();
        ReceiveN(25, TimeSpan.FromSeconds(10)).ShouldAllBe(reply => reply is EtcdShard.Written);
        Gate.Batches.ShouldBe([1, 1, 10, 10, 4]);
    }

    [Fact]
    public void A_read_never_sees_what_is_not_durable()
    {
        var shard = Shard();
        var revision = Put(shard, "a", "old");
        Gate.Close();
        shard.Tell(new EtcdShard.Put("a", Bytes("new"), revision), TestActor);
        shard.Tell(new EtcdShard.Get("a"), TestActor);
        Text(ExpectMsg<EtcdShard.Found>().Entry!.Value).ShouldBe("old");
        Gate.Open();
        ExpectMsg<EtcdShard.Written>();
    }

    [Fact]
    public void A_refusal_caused_by_a_pending_write_comes_when_that_write_is_durable()
    {
        var shard = Shard();
        var revision = Put(shard, "a", "old");
        Gate.Close();
        shard.Tell(new EtcdShard.Put("a", Bytes("new"), revision), TestActor);
        shard.Tell(new EtcdShard.Put("a", Bytes("late"), revision), TestActor);
        shard.Tell(new EtcdShard.GetRevision(), TestActor);
        ExpectMsg<EtcdShard.AtRevision>();
        Gate.Open();
        ExpectMsg<EtcdShard.Written>();
        Text(ExpectMsg<EtcdShard.Conflict>().Current!.Value).ShouldBe("new");
    }

    [Fact]
    public void What_was_acknowledged_is_there_after_a_restart_with_its_revision()
    {
        var shard = Shard();
        var a = Put(shard, "a", "1");
        var b = Put(shard, "b", "1");
        shard.Tell(new EtcdShard.Delete("b", Bytes("1"), b), TestActor);
        ExpectMsg<EtcdShard.Written>();
        shard = Restarted(shard);
        shard.Tell(new EtcdShard.Range(""), TestActor);
        var range = ExpectMsg<EtcdShard.Ranged>();
        range.Entries.Select(entry => (entry.Key, entry.Revision)).ShouldBe([("a", a)]);
        range.Revision.ShouldBe(4);
        Put(shard, "c", "1").ShouldBe(5);
    }

    [Fact]
    public void Snapshots_bound_the_journal_and_recovery_starts_from_them()
    {
        var settings = Defaults with { SnapshotBytes = 1000 };
        var shard = Shard(settings);
        long? revision = null;
        for (var i = 0; i < 100; i++) revision = Put(shard, "a", new string('x', 100) + i, revision);
        AwaitAssert(() =>
        {
            shard.Tell(new EtcdShard.Get("a"), TestActor);
            ExpectMsg<EtcdShard.Found>();
        });
        shard = Restarted(shard, settings);
        shard.Tell(new EtcdShard.Get("a"), TestActor);
        var found = ExpectMsg<EtcdShard.Found>();
        found.Entry!.Revision.ShouldBe(revision!.Value);
        Text(found.Entry.Value).ShouldEndWith("99");
        shard.Tell(new EtcdShard.Follow(50), TestActor);
        ExpectMsg<EtcdShard.Following>();
        ExpectMsg<EtcdShard.Changes>().Items.Select(change => change.Revision).ShouldBe(Enumerable.Range(51, 51).Select(i => (long)i), "the history survives as well");
    }

    [Fact]
    public void A_follower_gets_what_it_missed_and_then_every_change_once()
    {
        var shard = Shard();
        Put(shard, "a", "1");
        Put(shard, "b", "1");
        var follower = CreateTestProbe();
        shard.Tell(new EtcdShard.Follow(2), follower);
        follower.ExpectMsg<EtcdShard.Following>().Revision.ShouldBe(3);
        follower.ExpectMsg<EtcdShard.Changes>().Items.Single().Key.ShouldBe("b");
        Put(shard, "c", "1");
        follower.ExpectMsg<EtcdShard.Changes>().Items.Single().Key.ShouldBe("c");
        shard.Tell(new EtcdShard.Unfollow(), follower);
        Put(shard, "d", "1");
        follower.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_follower_from_a_forgotten_revision_is_refused()
    {
        var shard = Shard(Defaults with { HistoryChanges = 3 });
        for (var i = 0; i < 10; i++) Put(shard, $"k{i}", "1");
        shard.Tell(new EtcdShard.Follow(5), TestActor);
        ExpectMsg<EtcdShard.Compacted>().CompactedRevision.ShouldBe(8);
        shard.Tell(new EtcdShard.Compact(10), TestActor);
        ExpectMsg<EtcdShard.AtRevision>().Revision.ShouldBe(11);
        shard.Tell(new EtcdShard.Follow(9), TestActor);
        ExpectMsg<EtcdShard.Compacted>();
        shard.Tell(new EtcdShard.Follow(10), TestActor);
        ExpectMsg<EtcdShard.Following>();
        ExpectMsg<EtcdShard.Changes>().Items.Single().Key.ShouldBe("k9");
    }

    [Fact]
    public void A_failed_journal_write_is_told_to_all_who_wait_and_the_shard_starts_again_from_what_is_durable()
    {
        var etcd = Sys.ActorOf(EtcdActor.Props(EtcdSettings.From(Sys.Settings.Config), NoViews.Instance), "etcd");
        etcd.Tell(new EtcdActor.GetShard("pods"), TestActor);
        var shard = ExpectMsg<EtcdActor.Shard>().Ref;
        var revision = Put(shard, "a", "1");
        Gate.Close();
        shard.Tell(new EtcdShard.Put("b", Bytes("1"), null) { Tag = 1 }, TestActor);
        shard.Tell(new EtcdShard.Put("c", Bytes("1"), null) { Tag = 2 }, TestActor);
        shard.Tell(new EtcdShard.GetRevision(), TestActor);
        ExpectMsg<EtcdShard.AtRevision>();
        // The journal is an actor of its own: only what has reached it can break there.
        AwaitCondition(() => Gate.Batches.Count == 2);
        Gate.Break();
        ExpectMsg<EtcdShard.Unavailable>().Tag.ShouldBe(1);
        ExpectMsg<EtcdShard.Unavailable>().Tag.ShouldBe(2);
        AwaitAssert(() =>
        {
            // What comes while it starts again is lost; an answer that comes late is nobody's.
            var asker = CreateTestProbe();
            shard.Tell(new EtcdShard.Range(""), asker);
            asker.ExpectMsg<EtcdShard.Reply>(TimeSpan.FromMilliseconds(200)).ShouldBeOfType<EtcdShard.Ranged>().Entries.Select(entry => entry.Key).ShouldBe(["a"]);
        });
        Put(shard, "b", "1").ShouldBe(revision + 1);
    }

    [Fact]
    public void Concurrent_increments_lose_none()
    {
        var shard = Shard();
        Put(shard, "n", "0");
        var writers = Enumerable.Range(0, 8).Select(_ => Sys.ActorOf(Props.Create(() => new Incrementer(shard, TestActor, 25)))).ToList();
        foreach (var writer in writers) writer.Tell("go");
        ReceiveN(writers.Count, TimeSpan.FromSeconds(20));
        shard.Tell(new EtcdShard.Get("n"), TestActor);
        Text(ExpectMsg<EtcdShard.Found>().Entry!.Value).ShouldBe("200");
    }

    private sealed class Incrementer : ReceiveActor
    {
        public Incrementer(IActorRef shard, IActorRef done, int times)
        {
            Receive<string>(_ => shard.Tell(new EtcdShard.Get("n")));
            Receive<EtcdShard.Found>(found => Increment(found.Entry!));
            Receive<EtcdShard.Conflict>(conflict => Increment(conflict.Current!));
            Receive<EtcdShard.Written>(_ =>
            {
                if (--times == 0) done.Tell("done");
                else shard.Tell(new EtcdShard.Get("n"));
            });

            void Increment(Entry entry) => shard.Tell(new EtcdShard.Put("n", Bytes((int.Parse(Text(entry.Value)) + 1).ToString()), entry.Revision));
        }
    }
}
