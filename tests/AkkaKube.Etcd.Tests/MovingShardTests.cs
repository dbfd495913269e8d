using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;

namespace AkkaKube.Etcd.Tests;

/// <summary>The shard where it can move: one of several hosts has it.</summary>
public sealed class MovingShardTests() : TestKit(ReferenceConf.With(GatedJournal.Config + "\nakkakube.etcd.restart-min = 10 ms"))
{
    private static readonly EtcdSettings Settings = EtcdSettings.From(ReferenceConf.With());
    private volatile bool _isCurrent = true;

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private IActorRef Entity() => Sys.ActorOf(EtcdEntity.Props("pods", Settings, NoViews.Instance, () => _isCurrent));

    private GatedJournal.Gate Gate => GatedJournal.GateOf(Sys);

    private EtcdShard.Opened Open(IActorRef shard)
    {
        shard.Tell(new EtcdShard.Open(), TestActor);
        return ExpectMsg<EtcdShard.Opened>();
    }

    private EtcdShard.Written Put(IActorRef shard, string key, string value = "1", long? expected = null)
    {
        shard.Tell(new EtcdShard.Put(key, Bytes(value), expected), TestActor);
        return ExpectMsg<EtcdShard.Written>();
    }

    private void Stop(IActorRef shard)
    {
        Watch(shard);
        shard.Tell(EtcdEntity.StopMessage, TestActor);
        FishForMessage(message => message is Terminated);
    }

    [Fact]
    public void Every_incarnation_has_a_larger_number_although_nothing_is_written()
    {
        var first = Entity();
        var incarnation = Open(first).Incarnation;
        incarnation.ShouldBeGreaterThan(0);
        Stop(first);
        var second = Open(Entity());
        second.Incarnation.ShouldBeGreaterThan(incarnation);
        second.Revision.ShouldBe(1);
    }

    [Fact]
    public void It_answers_nothing_while_its_host_is_not_certain_to_have_it()
    {
        var shard = Entity();
        Open(shard);
        _isCurrent = false;
        foreach (EtcdShard.Request request in new EtcdShard.Request[] { new EtcdShard.Get("a"), new EtcdShard.Range(""), new EtcdShard.GetRevision(), new EtcdShard.Follow(1), new EtcdShard.Open(), new EtcdShard.Put("a", Bytes("1"), null), new EtcdShard.Delete("a", Bytes("1"), 1) })
        {
            shard.Tell(request with { Tag = request.GetType().Name }, TestActor);
            var unavailable = ExpectMsg<EtcdShard.Unavailable>();
            unavailable.Tag.ShouldBe(request.GetType().Name);
            unavailable.Refused.ShouldBeTrue();
        }
        _isCurrent = true;
        Open(shard).Revision.ShouldBe(1);
    }

    [Fact]
    public void A_request_for_another_incarnation_is_refused()
    {
        var shard = Entity();
        var incarnation = Open(shard).Incarnation;
        shard.Tell(new EtcdShard.Put("a", Bytes("1"), null) { For = incarnation - 1 }, TestActor);
        ExpectMsg<EtcdShard.Unavailable>().Refused.ShouldBeTrue();
        shard.Tell(new EtcdShard.Put("a", Bytes("1"), null) { For = incarnation }, TestActor);
        ExpectMsg<EtcdShard.Written>().Incarnation.ShouldBe(incarnation);
    }

    [Fact]
    public void A_write_that_comes_again_is_answered_again_and_carried_out_once()
    {
        var shard = Entity();
        Open(shard);
        var put = new EtcdShard.Put("a", Bytes("1"), null) { Tag = 7L };
        Gate.Close();
        shard.Tell(put, TestActor);
        shard.Tell(put with { Again = true }, TestActor);
        shard.Tell(new EtcdShard.GetRevision(), TestActor);
        ExpectMsg<EtcdShard.AtRevision>().Revision.ShouldBe(1, "the shard has seen both, and none is durable yet");
        Gate.Open();
        ExpectMsg<EtcdShard.Written>().Change.Revision.ShouldBe(2);
        shard.Tell(put with { Again = true }, TestActor);
        ExpectMsg<EtcdShard.Written>().Change.Revision.ShouldBe(2);
        shard.Tell(new EtcdShard.Delete("a", Bytes("gone"), 2) { Tag = 8L, Again = true }, TestActor);
        ExpectMsg<EtcdShard.Written>().Change.Revision.ShouldBe(3);
        Open(shard).Revision.ShouldBe(3);
    }

    [Fact]
    public void A_write_that_comes_again_from_whom_the_shard_does_not_know_any_more_is_of_unknown_outcome()
    {
        var shard = Entity();
        shard.Tell(new EtcdShard.Put("a", Bytes("1"), null) { Tag = 7L, Again = true }, TestActor);
        ExpectMsg<EtcdShard.Unavailable>().Refused.ShouldBeFalse();
    }

    [Fact]
    public void A_shard_that_hands_over_finishes_what_it_accepted_and_refuses_the_rest()
    {
        var shard = Entity();
        Open(shard);
        Gate.Close();
        shard.Tell(new EtcdShard.Put("a", Bytes("1"), null) { Tag = 1L }, TestActor);
        shard.Tell(new EtcdShard.Put("b", Bytes("1"), null) { Tag = 2L }, TestActor);
        Watch(shard);
        shard.Tell(EtcdEntity.StopMessage, TestActor);
        shard.Tell(new EtcdShard.Put("c", Bytes("1"), null) { Tag = 3L }, TestActor);
        ExpectMsg<EtcdShard.Unavailable>().Refused.ShouldBeTrue();
        Gate.Open();
        ExpectMsg<EtcdShard.Written>().Tag.ShouldBe(1L);
        ExpectMsg<EtcdShard.Written>().Tag.ShouldBe(2L);
        ExpectMsg<EtcdShard.HandedOver>().LastWrite.ShouldBe(2);
        ExpectTerminated(shard);
    }

    [Fact]
    public void A_shard_whose_journal_fails_starts_again_as_another_incarnation()
    {
        var shard = Entity();
        var incarnation = Open(shard).Incarnation;
        Gate.Close();
        shard.Tell(new EtcdShard.Put("a", Bytes("1"), null), TestActor);
        AwaitAssert(() => Gate.Batches.Count.ShouldBeGreaterThan(1));
        Gate.Break();
        ExpectMsg<EtcdShard.Unavailable>().Refused.ShouldBeFalse();
        AwaitAssert(() =>
        {
            // What comes while it starts again is lost.
            shard.Tell(new EtcdShard.Open(), TestActor);
            ExpectMsg<EtcdShard.Reply>(TimeSpan.FromMilliseconds(200)).ShouldBeOfType<EtcdShard.Opened>().Incarnation.ShouldBeGreaterThan(incarnation);
        });
    }

    [Fact]
    public void Only_the_last_who_claimed_the_shard_may_write()
    {
        var shard = Entity();
        shard.Tell(new EtcdShard.Range("") { Claim = "first" }, TestActor);
        ExpectMsg<EtcdShard.Ranged>();
        shard.Tell(new EtcdShard.Put("a", Bytes("1"), null) { Writer = "first" }, TestActor);
        ExpectMsg<EtcdShard.Written>();
        shard.Tell(new EtcdShard.Range("") { Claim = "second" }, TestActor);
        ExpectMsg<EtcdShard.Ranged>().Entries.Count.ShouldBe(1);
        shard.Tell(new EtcdShard.Put("b", Bytes("1"), null) { Writer = "first", Tag = "t" }, TestActor);
        ExpectMsg<EtcdShard.NotClaimed>().Tag.ShouldBe("t");
        shard.Tell(new EtcdShard.Delete("a", Bytes("1"), 2) { Writer = "second" }, TestActor);
        ExpectMsg<EtcdShard.Written>();
    }

    [Fact]
    public void Who_claims_the_shard_reads_also_what_others_were_about_to_write()
    {
        var shard = Entity();
        shard.Tell(new EtcdShard.Range("") { Claim = "first" }, TestActor);
        ExpectMsg<EtcdShard.Ranged>();
        Gate.Close();
        foreach (var key in "ab") shard.Tell(new EtcdShard.Put(key.ToString(), Bytes("1"), null) { Writer = "first" }, TestActor);
        shard.Tell(new EtcdShard.Range("") { Claim = "second", Tag = "claim" }, TestActor);
        shard.Tell(new EtcdShard.Put("c", Bytes("1"), null) { Writer = "first" }, TestActor);
        ExpectMsg<EtcdShard.NotClaimed>();
        Gate.Open();
        ExpectMsg<EtcdShard.Written>();
        ExpectMsg<EtcdShard.Written>();
        ExpectMsg<EtcdShard.Ranged>().Entries.Select(entry => entry.Key).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_claim_ends_with_the_incarnation()
    {
        var shard = Entity();
        shard.Tell(new EtcdShard.Range("") { Claim = "first" }, TestActor);
        ExpectMsg<EtcdShard.Ranged>();
        Stop(shard);
        var next = Entity();
        next.Tell(new EtcdShard.Put("a", Bytes("1"), null) { Writer = "first" }, TestActor);
        ExpectMsg<EtcdShard.NotClaimed>();
    }

    [Fact]
    public void A_long_range_comes_in_parts_of_one_moment()
    {
        var shard = Entity();
        foreach (var key in "abcde") Put(shard, key.ToString(), new string('x', 100));
        shard.Tell(new EtcdShard.Range("") { PartBytes = 250, WithHistory = true, Tag = 7L }, TestActor);
        var first = ExpectMsg<EtcdShard.Part>();
        first.Entries.Count.ShouldBe(3);
        Put(shard, "f");
        var (entries, history) = (first.Entries.ToList(), first.History.ToList());
        while (true)
        {
            shard.Tell(new EtcdShard.NextPart { Tag = 7L }, TestActor);
            var reply = ExpectMsg<EtcdShard.Reply>();
            if (reply is EtcdShard.Part part)
            {
                entries.AddRange(part.Entries);
                history.AddRange(part.History);
                continue;
            }
            var last = reply.ShouldBeOfType<EtcdShard.Ranged>();
            last.Revision.ShouldBe(6);
            entries.AddRange(last.Entries);
            history.AddRange(last.History);
            break;
        }
        entries.Select(entry => entry.Key).ShouldBe(["a", "b", "c", "d", "e"]);
        history.Select(change => change.Revision).ShouldBe([2, 3, 4, 5, 6]);
        shard.Tell(new EtcdShard.NextPart { Tag = 7L }, TestActor);
        ExpectMsg<EtcdShard.Unavailable>();
    }

    [Fact]
    public void Many_changes_come_in_several_messages()
    {
        var shard = Sys.ActorOf(EtcdEntity.Props("pods", Settings with { PartBytes = 150 }, NoViews.Instance, () => true));
        foreach (var key in "abc") Put(shard, key.ToString(), new string('x', 100));
        shard.Tell(new EtcdShard.Follow(1), TestActor);
        ExpectMsg<EtcdShard.Following>();
        ExpectMsg<EtcdShard.Changes>().Items.Select(change => change.Revision).ShouldBe([2, 3]);
        ExpectMsg<EtcdShard.Changes>().Items.Select(change => change.Revision).ShouldBe([4]);
    }

    [Fact]
    public void Through_a_proxy_a_move_goes_unnoticed()
    {
        var probe = CreateTestProbe();
        var etcd = Sys.ActorOf(EtcdProxy.Props(probe.Ref, Settings, NoViews.Instance));
        etcd.Tell(new EtcdActor.GetShard("pods"), TestActor);
        var proxy = ExpectMsg<EtcdActor.Shard>().Ref;
        var shard = Entity();
        probe.SetAutoPilot(new ToEntity(() => shard));
        proxy.Tell(new EtcdShard.Follow(1), TestActor);
        ExpectMsg<EtcdShard.Following>();
        var revision = Put(proxy, "a").Change.Revision;
        ExpectMsg<EtcdShard.Changes>().Items.Single().Revision.ShouldBe(revision);
        var former = shard;
        shard = Entity();
        Stop(former);
        Put(proxy, "b").Change.Revision.ShouldBe(revision + 1);
        ExpectMsg<EtcdShard.Changes>().Items.Single().Revision.ShouldBe(revision + 1);
    }

    private sealed class ToEntity(Func<IActorRef> entity) : Akka.TestKit.AutoPilot
    {
        public override Akka.TestKit.AutoPilot Run(IActorRef sender, object message)
        {
            if (message is EtcdEntity.ToShard to) entity().Tell(to.Message, sender);
            return this;
        }
    }
}
