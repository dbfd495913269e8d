using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tests.TestHosts;
using Akka.TestKit;
using static Akka.Cluster.Ownership.OwnershipProtocol;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>One region, with probes for the ownership actor and for the region of another host.</summary>
public class RegionSpec : TestKit.Xunit2.TestKit
{
    private const int Self = 1;
    private const int Other = 2;
    private readonly TestProbe _ownership;
    private readonly TestProbe _peer;
    private readonly Journal _journal = new();
    private readonly IActorRef _region;
    private ImmutableList<MemberRow> _members = [];
    private ImmutableDictionary<string, LeaseRow> _leases = ImmutableDictionary<string, LeaseRow>.Empty;
    private ImmutableHashSet<int> _dead = [];

    public RegionSpec() : base(VirtualTime.Settings())
    {
        _ownership = CreateTestProbe();
        _peer = CreateTestProbe();
        var settings = ClusterShardingSettings.Create(Sys);
        settings = settings.WithTuningParameters(settings.TuningParameters.WithBufferSize(3));
        _region = Sys.ActorOf(Region.Props("t", id => Props.Create(() => new Recorder(_journal, Self, id)), settings,
            new ByName(), ClusterSharding.DefaultStrategy(settings), PoisonPill.Instance, _ownership, _ => _peer), "region");
        _ownership.ExpectMsg<Subscribe>();
        _members = [Member(Self), Member(Other)];
    }

    private static MemberRow Member(int uid) => new(uid, $"akka.ssl.tcp://a@10.0.0.{uid}:7100", [], MemberStatus.Up, uid, 1, []);

    private void Tell(object message) => _region.Tell(message, _peer);

    private void ShowView() => _region.Tell(new View(Self, _members, _leases, _dead, []), _ownership);

    private void ShowOwner(int? owner, long epoch)
    {
        _leases = _leases.SetItem("shard/t/0", new LeaseRow("shard/t/0", owner, epoch));
        ShowView();
    }

    private void PeerHas(params RegionProtocol.OwnedShard[] shards) => Tell(new RegionProtocol.Welcome(Other, false, [.. shards]));

    private void OwnIt(long epoch = 1)
    {
        _members = [Member(Self)];
        ShowView();
        _region.Tell(new Note("e", "me", 1), TestActor);
        _ownership.ExpectMsg<Take>(t => t.Name.ShouldBe("shard/t/0"));
        _region.Tell(new Taken("shard/t/0", epoch), _ownership);
        ExpectMsg(1);
        _members = [Member(Self), Member(Other)];
        ShowOwner(Self, epoch);
        _peer.ExpectMsg<RegionProtocol.Hello>();
        Tell(new RegionProtocol.Hello(Other));
        _peer.FishForMessage<RegionProtocol.Welcome>(w => w.Shards.Count == 1);
        PeerHas();
    }

    private T FishPeer<T>() => _peer.FishForMessage<T>(_ => true);

    [Fact]
    public void A_message_for_a_shard_of_another_host_waits_until_its_owner_says_so_itself()
    {
        ShowOwner(Other, 4);
        FishPeer<RegionProtocol.Hello>().Uid.ShouldBe(Self);
        _region.Tell(new Note("e", "me", 1), TestActor);
        FishPeer<RegionProtocol.Hello>();
        _region.Tell(new Note("e", "me", 2), TestActor);
        _peer.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        PeerHas(new RegionProtocol.OwnedShard("0", 4));
        FishPeer<Note>().Number.ShouldBe(1);
        _peer.LastSender.ShouldBe(TestActor);
    }

    [Fact]
    public void A_hand_off_of_another_host_is_acknowledged_and_what_comes_waits_for_the_next_owner()
    {
        ShowOwner(Other, 4);
        PeerHas(new RegionProtocol.OwnedShard("0", 4));
        Tell(new RegionProtocol.HandOff("0", 4));
        FishPeer<RegionProtocol.HandOffAck>().ShouldBe(new RegionProtocol.HandOffAck("0", 4));
        _region.Tell(new Note("e", "me", 1), TestActor);
        _region.Tell(new Note("e", "me", 2), TestActor);
        Tell(new RegionProtocol.Owned(Other, "0", 4));
        _peer.ExpectNoMsg(TimeSpan.FromMilliseconds(500));
        Tell(new RegionProtocol.Owned(Other, "0", 5));
        FishPeer<Note>().Number.ShouldBe(1);
        FishPeer<Note>().Number.ShouldBe(2);
    }

    [Fact]
    public void A_shard_that_nobody_has_is_asked_of_the_host_that_has_least()
    {
        OwnIt();
        _region.Tell(new Note("e1", "me", 1), TestActor);
        FishPeer<RegionProtocol.TakeShard>().ShouldBe(new RegionProtocol.TakeShard("1", 0));
        _region.Tell(new Note("e2", "me", 2), TestActor);
        _ownership.ExpectMsg<Take>(t => t.Name.ShouldBe("shard/t/2"));
    }

    [Fact]
    public void A_free_shard_that_should_be_here_is_taken_without_anybody_asking()
    {
        _members = [Member(Self)];
        ShowOwner(null, 3);
        _ownership.ExpectMsg<Take>();
        _region.Tell(new NotTaken("shard/t/0"), _ownership);
        _ownership.ExpectMsg<Take>(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void What_a_dead_host_had_is_taken_once_it_is_free()
    {
        ShowOwner(Other, 3);
        PeerHas(new RegionProtocol.OwnedShard("0", 3));
        _region.Tell(new Note("e", "me", 1), TestActor);
        FishPeer<Note>();
        _dead = [Other];
        ShowView();
        _ownership.ExpectMsg<Take>();
        _region.Tell(new Taken("shard/t/0", 4), _ownership);
        _region.Tell(new Note("e", "me", 2), TestActor);
        ExpectMsg(2);
    }

    [Fact]
    public void A_host_that_leaves_delivers_until_all_have_acknowledged_then_stops_the_entities_then_gives_the_lease_back_then_names_the_next()
    {
        OwnIt();
        _region.Tell(new Region.HandOver(), TestActor);
        FishPeer<RegionProtocol.HandOff>().ShouldBe(new RegionProtocol.HandOff("0", 1));
        _region.Tell(new Note("e", "me", 2), TestActor);
        ExpectMsg(2);
        _ownership.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Tell(new RegionProtocol.HandOffAck("0", 1));
        _ownership.ExpectMsg<Release>();
        _journal.Running.ShouldBeEmpty();
        _region.Tell(new Note("e", "me", 3), TestActor);
        _region.Tell(new Released("shard/t/0"), _ownership);
        FishPeer<RegionProtocol.TakeShard>().ShouldBe(new RegionProtocol.TakeShard("0", 1));
        ExpectMsg<Region.HandedOver>();
        Tell(new RegionProtocol.Owned(Other, "0", 2));
        FishPeer<Note>().Number.ShouldBe(3);
    }

    [Fact]
    public void An_acknowledgement_that_was_lost_is_asked_for_again()
    {
        OwnIt();
        _region.Tell(new Region.HandOver(), TestActor);
        FishPeer<RegionProtocol.HandOff>();
        FishPeer<RegionProtocol.HandOff>();
        Tell(new RegionProtocol.HandOffAck("0", 1));
        _ownership.ExpectMsg<Release>();
    }

    [Fact]
    public void Who_does_not_acknowledge_holds_a_hand_over_up_for_five_seconds()
    {
        OwnIt();
        _region.Tell(new Region.HandOver(), TestActor);
        _ownership.ExpectNoMsg(TimeSpan.FromSeconds(4));
        _ownership.ExpectMsg<Release>(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_dead_region_does_not_have_to_acknowledge()
    {
        OwnIt();
        _region.Tell(new Region.HandOver(), TestActor);
        FishPeer<RegionProtocol.HandOff>();
        Sys.Stop(_peer);
        _ownership.ExpectMsg<Release>(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void When_the_lease_is_lost_the_entities_stop_at_once_and_what_comes_waits()
    {
        OwnIt();
        _region.Tell(new Lost("shard/t/0"), _ownership);
        _region.Tell(new Note("e", "me", 2), TestActor);
        ExpectNoMsg(TimeSpan.FromMilliseconds(10));
        _journal.Running.ShouldBeEmpty();
        ShowOwner(Other, 2);
        Tell(new RegionProtocol.Owned(Other, "0", 2));
        FishPeer<Note>().Number.ShouldBe(2);
    }

    [Fact]
    public void What_the_buffer_cannot_hold_goes_to_the_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));
        for (var i = 1; i <= 4; i++) _region.Tell(new Note("e", "me", i), TestActor);
        ExpectMsg<Event.DeadLetter>(d => ((Note)d.Message).Number.ShouldBe(4));
    }

    [Fact]
    public void A_host_with_too_many_shards_hands_one_over_when_it_looks_again()
    {
        OwnIt();
        foreach (var shard in (string[])["1", "2"])
        {
            Tell(new RegionProtocol.TakeShard(shard, 0));
            _ownership.ExpectMsg<Take>();
            _region.Tell(new Taken($"shard/t/{shard}", 1), _ownership);
        }

        _peer.FishForMessage<RegionProtocol.HandOff>(h => h.Shard == "2", TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void A_host_that_comes_is_given_its_share_at_once()
    {
        _members = [Member(Self)];
        ShowView();
        foreach (var shard in (string[])["1", "2"])
        {
            Tell(new RegionProtocol.TakeShard(shard, 0));
            _ownership.ExpectMsg<Take>();
            _region.Tell(new Taken($"shard/t/{shard}", 1), _ownership);
        }

        _members = [Member(Self), Member(Other)];
        ShowView();
        Tell(new RegionProtocol.Hello(Other));
        PeerHas();
        _peer.FishForMessage<RegionProtocol.HandOff>(h => h.Shard == "2", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_proxy_finds_the_region_of_its_own_host_as_any_other()
    {
        var settings = ClusterShardingSettings.Create(Sys);
        var proxy = Sys.ActorOf(Region.Props("t", null, settings, new ByName(), ClusterSharding.DefaultStrategy(settings), PoisonPill.Instance, _ownership, _ => _peer));
        _members = [Member(Self)];
        _leases = _leases.SetItem("shard/t/0", new LeaseRow("shard/t/0", Self, 1));
        proxy.Tell(new View(Self, _members, _leases, _dead, []), _ownership);
        FishPeer<RegionProtocol.Hello>();
        proxy.Tell(new Note("e", "me", 1), TestActor);
        proxy.Tell(new RegionProtocol.Welcome(Self, false, [new("0", 1)]), _peer);
        FishPeer<Note>().Number.ShouldBe(1);
        proxy.Tell(GetCurrentRegions.Instance, TestActor);
        ExpectMsg<CurrentRegions>().Regions.ShouldBe([Address.Parse(Member(Self).Address)]);
    }

    [Fact]
    public void The_region_says_what_it_has()
    {
        OwnIt();
        _region.Tell(GetShardRegionState.Instance, TestActor);
        ExpectMsg(new CurrentShardRegionState([new ShardState("0", ["e"])], []));
        _region.Tell(GetCurrentRegions.Instance, TestActor);
        ExpectMsg<CurrentRegions>().Regions.Count.ShouldBe(2);
        _region.Tell(new GetClusterShardingStats(TimeSpan.FromSeconds(1)), TestActor);
        FishPeer<GetShardRegionStats>();
        _peer.Reply(new ShardRegionStats(ImmutableDictionary<string, int>.Empty.Add("5", 50), []));
        var stats = ExpectMsg<ClusterShardingStats>().Regions;
        stats[Address.Parse(Member(Self).Address)].Stats["0"].ShouldBe(1);
        stats[Address.Parse(Member(Other).Address)].Stats["5"].ShouldBe(50);
    }

    /// <summary>Entity e is in shard 0, e1 in shard 1, and so on.</summary>
    private sealed class ByName : IMessageExtractor
    {
        public string? EntityId(object message) => (message as Note)?.Entity;

        public object EntityMessage(object message) => message;

        public string? ShardId(object message) => EntityId(message) is { } entity ? ShardId(entity, message) : null;

        public string ShardId(string entityId, object? messageHint = null) => entityId.Length > 1 ? entityId[1..] : "0";
    }
}
