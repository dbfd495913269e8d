using System.Text;
using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Tests;

namespace AkkaKube.Etcd.Tests.Proxy;

public sealed class ShardProxyTests : VirtualTime
{
    private static readonly EtcdSettings Settings = EtcdSettings.From(ReferenceConf.With());

    private readonly TestProbe _region;
    private readonly TestProbe _client;
    private readonly TestProbe _follower;
    private readonly IActorRef _proxy;
    private TestProbe _owner;

    public ShardProxyTests()
    {
        (_region, _client, _follower, _owner) = (CreateTestProbe("region"), CreateTestProbe("client"), CreateTestProbe("follower"), CreateTestProbe("owner-1"));
        var etcd = Sys.ActorOf(EtcdProxy.Props(_region.Ref, Settings, new Drafts()), "etcd");
        _client.Send(etcd, new EtcdActor.GetShard("pods"));
        Advance();
        _proxy = _client.ExpectMsg<EtcdActor.Shard>().Ref;
    }

    /// <summary>Shows what a view was made of.</summary>
    private sealed record View(string Key, long Revision, object? Draft);

    private sealed class Drafts : IValueViews
    {
        public object? Make(string key, ReadOnlyMemory<byte> value, long revision, object? draft) => new View(key, revision, draft);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Change Change(long revision) => new("key", Bytes($"v{revision}"), revision, false);

    private static EtcdShard.Changes Changes(params long[] revisions) => new([.. revisions.Select(Change)]);

    /// <summary>The region has brought the proxy's question to the owner, which answers.</summary>
    private void Open(long incarnation, long revision = 1)
    {
        _owner.Send(_proxy, new EtcdShard.Opened(null, revision) { Incarnation = incarnation });
        Advance();
    }

    private TestProbe NewOwner(long incarnation, long revision = 1)
    {
        _owner = CreateTestProbe($"owner-{incarnation}");
        Open(incarnation, revision);
        return _owner;
    }

    private T Asked<T>() where T : EtcdShard.Request
    {
        Advance();
        return _owner.FishForMessage<T>(_ => true);
    }

    private void Reply(EtcdShard.Reply reply, long incarnation = 1)
    {
        _owner.Send(_proxy, reply with { Incarnation = incarnation });
        Advance();
    }

    private void Send(EtcdShard.Request request)
    {
        _client.Send(_proxy, request);
        Advance();
    }

    private void Follow(long revision, TestProbe? follower = null, long incarnation = 1)
    {
        follower ??= _follower;
        follower.Send(_proxy, new EtcdShard.Follow(revision) { Tag = "f" });
        var asked = Asked<EtcdShard.Follow>();
        asked.Revision.ShouldBe(revision);
        Reply(new EtcdShard.Following(asked.Tag, revision), incarnation);
        follower.ExpectMsg<EtcdShard.Following>().Tag.ShouldBe("f");
    }

    private long[] Seen(TestProbe? follower = null)
    {
        Advance();
        var seen = new List<long>();
        while ((follower ?? _follower).HasMessages)
        {
            if ((follower ?? _follower).ReceiveOne(TimeSpan.Zero) is EtcdShard.Changes changes) seen.AddRange(changes.Items.Select(change => change.Revision));
        }
        return [.. seen];
    }

    private void Kill(TestProbe owner)
    {
        Sys.Stop(owner.Ref);
        Advance();
    }

    [Fact]
    public void It_looks_for_the_shard_through_the_region_until_the_shard_answers()
    {
        _region.ExpectMsg<EtcdEntity.ToShard>().ShouldBe(new EtcdEntity.ToShard("pods", new EtcdShard.Open()));
        Advance(0.2);
        _region.ExpectMsg<EtcdEntity.ToShard>();
        Open(1);
        _region.ReceiveWhile<object>(TimeSpan.Zero, message => message);
        Advance(1.9);
        _region.HasMessages.ShouldBeFalse();
        Advance(0.3);
        _region.ExpectMsg<EtcdEntity.ToShard>();
    }

    [Fact]
    public void What_is_asked_before_the_shard_is_found_waits_in_order()
    {
        Send(new EtcdShard.Get("a") { Tag = "t" });
        Send(new EtcdShard.Put("a", Bytes("1"), null));
        Open(1);
        _owner.ExpectMsg<EtcdShard.Get>();
        _owner.ExpectMsg<EtcdShard.Put>();
    }

    [Fact]
    public void Tags_stay_here_and_come_back_with_the_reply()
    {
        Open(1);
        var tag = new object();
        Send(new EtcdShard.Get("a") { Tag = tag });
        var get = Asked<EtcdShard.Get>();
        get.Tag.ShouldBeOfType<long>();
        Reply(new EtcdShard.Found(get.Tag, new Entry("a", Bytes("1"), 5), 9));
        var found = _client.ExpectMsg<EtcdShard.Found>();
        found.Tag.ShouldBeSameAs(tag);
        found.Entry!.View.ShouldBe(new View("a", 5, null));
    }

    [Fact]
    public void A_written_value_gets_the_view_of_its_draft_and_followers_share_it()
    {
        Open(1);
        Follow(1);
        Send(new EtcdShard.Put("a", Bytes("1"), null) { Draft = "draft" });
        Reply(new EtcdShard.Written(Asked<EtcdShard.Put>().Tag, new Change("a", Bytes("1"), 2, false)));
        var written = _client.ExpectMsg<EtcdShard.Written>();
        written.Change.View.ShouldBe(new View("a", 2, "draft"));
        _owner.Send(_proxy, new EtcdShard.Changes([new Change("a", Bytes("1"), 2, false)]));
        Advance();
        _follower.ExpectMsg<EtcdShard.Changes>().Items.Single().View.ShouldBeSameAs(written.Change.View);
    }

    [Fact]
    public void A_brief_reply_gets_back_the_value_with_its_revision()
    {
        Open(1);
        Send(new EtcdShard.Put("a", Bytes("{\"rv\":\"\"}"), null) { StampAt = 7 });
        Reply(new EtcdShard.Written(Asked<EtcdShard.Put>().Tag, new Change("a", default, 42, false)));
        Encoding.UTF8.GetString(_client.ExpectMsg<EtcdShard.Written>().Change.Value.Span).ShouldBe("{\"rv\":\"42\"}");
    }

    [Fact]
    public void A_read_is_asked_again_of_the_new_owner()
    {
        Open(1);
        Send(new EtcdShard.Get("a"));
        Asked<EtcdShard.Get>();
        Kill(_owner);
        NewOwner(2);
        var again = Asked<EtcdShard.Get>();
        Reply(new EtcdShard.Found(again.Tag, null, 3), 2);
        _client.ExpectMsg<EtcdShard.Found>().Revision.ShouldBe(3);
    }

    [Fact]
    public void A_write_that_a_dead_owner_may_have_carried_out_is_not_known()
    {
        Open(1);
        Send(new EtcdShard.Put("a", Bytes("1"), null) { Tag = "w" });
        Asked<EtcdShard.Put>();
        Kill(_owner);
        var unavailable = _client.ExpectMsg<EtcdShard.Unavailable>();
        unavailable.Tag.ShouldBe("w");
        unavailable.Refused.ShouldBeFalse();
        NewOwner(2);
        _owner.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_write_that_the_owner_did_not_answer_before_it_handed_over_is_asked_again()
    {
        Open(1);
        Send(new EtcdShard.Put("a", Bytes("1"), null));
        Asked<EtcdShard.Put>().For.ShouldBe(1);
        _owner.Send(_proxy, new EtcdShard.HandedOver(1, 0));
        Kill(_owner);
        _client.HasMessages.ShouldBeFalse();
        NewOwner(2);
        var again = Asked<EtcdShard.Put>();
        again.For.ShouldBe(2);
        Reply(new EtcdShard.Written(again.Tag, new Change("a", Bytes("1"), 2, false)), 2);
        _client.ExpectMsg<EtcdShard.Written>();
    }

    [Fact]
    public void A_write_that_was_carried_out_and_whose_answer_is_lost_is_not_asked_again()
    {
        Open(1);
        Send(new EtcdShard.Put("a", Bytes("1"), null));
        var put = Asked<EtcdShard.Put>();
        _owner.Send(_proxy, new EtcdShard.HandedOver(1, (long)put.Tag!));
        Advance();
        _client.ExpectMsg<EtcdShard.Unavailable>();
    }

    [Fact]
    public void A_write_that_was_refused_is_asked_again_when_the_shard_answers()
    {
        Open(1);
        Send(new EtcdShard.Put("a", Bytes("1"), null));
        Reply(new EtcdShard.Unavailable(Asked<EtcdShard.Put>().Tag, "lease") { Refused = true });
        Send(new EtcdShard.Get("b"));
        _owner.HasMessages.ShouldBeFalse();
        _client.HasMessages.ShouldBeFalse();
        Open(1);
        _owner.ExpectMsg<EtcdShard.Put>();
        _owner.ExpectMsg<EtcdShard.Get>();
    }

    [Fact]
    public void A_refusal_that_comes_late_from_a_former_owner_changes_nothing()
    {
        Open(1);
        Send(new EtcdShard.Get("a"));
        var get = Asked<EtcdShard.Get>();
        NewOwner(2);
        Asked<EtcdShard.Get>();
        Reply(new EtcdShard.Unavailable(get.Tag, "moved") { Refused = true }, 1);
        Reply(new EtcdShard.Found(get.Tag, null, 7), 2);
        _client.ExpectMsg<EtcdShard.Found>();
    }

    [Fact]
    public void An_owner_that_could_not_be_reached_for_a_while_may_go_on()
    {
        Open(1);
        Follow(1);
        _proxy.Tell(new Terminated(_owner.Ref, existenceConfirmed: true, addressTerminated: true));
        Open(1, revision: 2);
        Reply(new EtcdShard.Following(Asked<EtcdShard.Follow>().Tag, 2));
        _owner.Send(_proxy, Changes(2));
        Seen().ShouldBe([2]);
        Send(new EtcdShard.Get("a"));
        Asked<EtcdShard.Get>();
    }

    [Fact]
    public void What_a_former_owner_says_late_does_not_bring_it_back()
    {
        var former = _owner;
        Open(1);
        NewOwner(2);
        former.Send(_proxy, new EtcdShard.Opened(null, 1) { Incarnation = 1 });
        Send(new EtcdShard.Get("a"));
        Asked<EtcdShard.Get>();
        former.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_read_whose_answer_is_lost_is_asked_again_and_a_write_is_not()
    {
        Open(1);
        Send(new EtcdShard.Get("a"));
        Send(new EtcdShard.Put("b", Bytes("1"), null));
        Asked<EtcdShard.Get>();
        Asked<EtcdShard.Put>();
        Advance(1.5);
        _owner.ExpectMsg<EtcdShard.Get>();
        _owner.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_write_whose_answer_is_lost_is_asked_again_of_an_owner_that_knows_what_it_has_taken()
    {
        _owner.Send(_proxy, new EtcdShard.Opened(null, 1) { Incarnation = 1, TakesRepeats = true });
        Send(new EtcdShard.Put("b", Bytes("1"), null) { Tag = "t" });
        var first = Asked<EtcdShard.Put>();
        first.Again.ShouldBeFalse();
        Advance(1.25);
        var again = _owner.ExpectMsg<EtcdShard.Put>();
        again.ShouldBe(first with { Again = true });
        Reply(new EtcdShard.Written(again.Tag, Change(2) with { Value = default }));
        Reply(new EtcdShard.Written(first.Tag, Change(2)));
        var written = _client.ExpectMsg<EtcdShard.Written>();
        (written.Tag, Encoding.UTF8.GetString(written.Change.Value.Span)).ShouldBe(("t", "1"));
        _client.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_write_whose_second_copy_is_refused_is_asked_of_nobody_else()
    {
        _owner.Send(_proxy, new EtcdShard.Opened(null, 1) { Incarnation = 1, TakesRepeats = true });
        Send(new EtcdShard.Put("b", Bytes("1"), null) { Tag = "t" });
        Asked<EtcdShard.Put>();
        Advance(1.25);
        var again = _owner.ExpectMsg<EtcdShard.Put>();
        Reply(new EtcdShard.Unavailable(again.Tag, "not certain") { Refused = true });
        NewOwner(2);
        _client.ExpectMsg<EtcdShard.Unavailable>().Refused.ShouldBeFalse();
        _owner.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_write_that_was_sent_twice_and_refused_once_may_have_been_carried_out()
    {
        _owner.Send(_proxy, new EtcdShard.Opened(null, 1) { Incarnation = 1, TakesRepeats = true });
        Send(new EtcdShard.Put("b", Bytes("1"), null) { Tag = "t" });
        var first = Asked<EtcdShard.Put>();
        Advance(1.25);
        _owner.ExpectMsg<EtcdShard.Put>();
        // Of the first copy. Before the second arrives, somebody else may delete the key.
        Reply(new EtcdShard.Conflict(first.Tag, null));
        var unknown = _client.ExpectMsg<EtcdShard.Unavailable>();
        (unknown.Tag, unknown.Refused).ShouldBe(("t", false));
    }

    [Fact]
    public void Nobody_waits_for_ever()
    {
        Send(new EtcdShard.Put("a", Bytes("1"), null) { Tag = "t" });
        Advance(19);
        _client.HasMessages.ShouldBeFalse();
        Advance(2);
        _client.ExpectMsg<EtcdShard.Unavailable>().Tag.ShouldBe("t");
    }

    [Fact]
    public void Followers_on_a_host_share_one_stream()
    {
        Open(1);
        var second = CreateTestProbe();
        Follow(1);
        _owner.Send(_proxy, Changes(2, 3));
        Follow(2, second);
        _owner.Send(_proxy, Changes(3));
        _owner.Send(_proxy, Changes(4));
        Seen().ShouldBe([2, 3, 4]);
        Seen(second).ShouldBe([3, 4]);
    }

    [Fact]
    public void Followers_go_on_after_a_move_without_a_gap_and_without_repetition()
    {
        Open(1);
        Follow(1);
        _owner.Send(_proxy, Changes(2, 3));
        Advance();
        Kill(_owner);
        NewOwner(2, revision: 5);
        var again = Asked<EtcdShard.Follow>();
        again.Revision.ShouldBe(3);
        Reply(new EtcdShard.Following(again.Tag, 5), 2);
        _owner.Send(_proxy, Changes(4, 5));
        _owner.Send(_proxy, Changes(6));
        Seen().ShouldBe([2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Changes_that_were_lost_on_the_way_are_fetched()
    {
        Open(1);
        Follow(1);
        _owner.Send(_proxy, Changes(2));
        _owner.Send(_proxy, Changes(4));
        Seen().ShouldBe([2]);
        var again = Asked<EtcdShard.Follow>();
        again.Revision.ShouldBe(2);
        Reply(new EtcdShard.Following(again.Tag, 4));
        _owner.Send(_proxy, Changes(3, 4));
        Seen().ShouldBe([3, 4]);
    }

    [Fact]
    public void The_last_changes_are_fetched_when_they_were_lost_and_nothing_comes_after_them()
    {
        Open(1);
        Follow(1);
        Open(1, revision: 3);
        Asked<EtcdShard.Follow>().Revision.ShouldBe(1);
    }

    [Fact]
    public void A_revision_is_told_only_when_the_followers_have_the_changes_up_to_it()
    {
        Open(1);
        Follow(1);
        Kill(_owner);
        _follower.Send(_proxy, new EtcdShard.GetRevision { Tag = "r" });
        NewOwner(2, revision: 4);
        _owner.ExpectMsg<EtcdShard.Follow>();
        var asked = _owner.ExpectMsg<EtcdShard.GetRevision>();
        Reply(new EtcdShard.AtRevision(asked.Tag, 4), 2);
        _follower.HasMessages.ShouldBeFalse();
        _owner.Send(_proxy, Changes(2, 3, 4));
        Advance();
        _follower.ExpectMsg<EtcdShard.Changes>();
        _follower.ExpectMsg<EtcdShard.AtRevision>().Tag.ShouldBe("r");
    }

    [Fact]
    public void Followers_whose_past_is_forgotten_are_told_and_the_others_go_on()
    {
        Open(1);
        var second = CreateTestProbe();
        Follow(1);
        _owner.Send(_proxy, Changes(2, 3));
        Advance();
        Seen();
        Follow(2, second);
        NewOwner(2, revision: 9);
        var again = Asked<EtcdShard.Follow>();
        again.Revision.ShouldBe(2);
        Reply(new EtcdShard.Compacted(again.Tag, 3), 2);
        second.ExpectMsg<EtcdShard.Compacted>().CompactedRevision.ShouldBe(3);
        Asked<EtcdShard.Follow>().Revision.ShouldBe(3);
        _follower.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_long_range_comes_in_parts_and_is_answered_in_one()
    {
        Open(1);
        Send(new EtcdShard.Range("") { Tag = "r", WithHistory = true });
        var range = Asked<EtcdShard.Range>();
        range.PartBytes.ShouldBe(Settings.PartBytes);
        Reply(new EtcdShard.Part(range.Tag, 0, [new Entry("a", Bytes("1"), 2)], []));
        Asked<EtcdShard.NextPart>().Tag.ShouldBe(range.Tag);
        Reply(new EtcdShard.Part(range.Tag, 1, [new Entry("b", Bytes("1"), 3)], []));
        Asked<EtcdShard.NextPart>();
        Reply(new EtcdShard.Ranged(range.Tag, [], 3) { History = [new Change("b", Bytes("1"), 3, false)], CompactedRevision = 2 });
        var ranged = _client.ExpectMsg<EtcdShard.Ranged>();
        ranged.Tag.ShouldBe("r");
        ranged.Entries.Select(entry => entry.Key).ShouldBe(["a", "b"]);
        ranged.History.Single().View.ShouldBeSameAs(ranged.Entries[1].View);
        ranged.CompactedRevision.ShouldBe(2);
    }

    [Fact]
    public void The_shard_is_let_go_when_nobody_follows_any_more()
    {
        Open(1);
        Follow(1);
        Kill(_follower);
        _owner.FishForMessage<EtcdShard.Unfollow>(_ => true);
    }
}
