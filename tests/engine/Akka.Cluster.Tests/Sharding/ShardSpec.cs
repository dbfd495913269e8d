using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tests.TestHosts;
using Akka.TestKit;
using static Akka.Cluster.Ownership.OwnershipProtocol;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>The life of entities in a shard.</summary>
public class ShardSpec() : TestKit.Xunit2.TestKit(VirtualTime.Settings())
{
    private const string Lease = "shard/t/s";
    private readonly Journal _journal = new();
    private TestProbe _ownership = null!;
    private TestProbe _region = null!;

    private IActorRef Start(Func<ClusterShardingSettings, ClusterShardingSettings>? change = null, object? stopMessage = null)
    {
        _ownership = CreateTestProbe();
        _region = CreateTestProbe();
        var settings = ClusterShardingSettings.Create(Sys);
        settings = change?.Invoke(settings) ?? settings;
        var journal = _journal;
        return _region.ChildActorOf(Shard.Props("t", "s", id => id == "impossible" ? throw new InvalidOperationException("as told") : Props.Create(() => new Recorder(journal, 1, id)), settings,
            HashCodeMessageExtractor.Create(1, m => (m as Note)?.Entity), stopMessage ?? PoisonPill.Instance, _ownership), "s");
    }

    private IActorRef StartRemembering(params string[] entities)
    {
        var shard = Start(s => s.WithRememberEntities(true));
        _ownership.ExpectMsg(new GetRemembered(Lease));
        shard.Tell(new RememberedEntities(Lease, [.. entities]), _ownership);
        return shard;
    }

    private Remember _asked = null!;

    private void Writes(bool keep, params string[] entities)
    {
        _asked = _ownership.ExpectMsg<Remember>(TimeSpan.FromSeconds(2));
        (_asked.Shard, _asked.Keep).ShouldBe((Lease, keep));
        _asked.Entities.ShouldBe(entities);
    }

    private string[] Running()
    {
        ExpectNoMsg(TimeSpan.FromMilliseconds(1));
        return [.. _journal.Running.Order()];
    }

    [Fact]
    public void A_message_starts_its_entity_under_the_name_of_its_id()
    {
        var shard = Start();
        shard.Tell(new Note("a/b", "me", 1));
        ExpectMsg(1);
        LastSender.Path.ShouldBe(shard.Path / "a%2Fb");
        shard.Tell(new ShardingEnvelope("c", new Note("c", "me", 2)));
        ExpectMsg(2);
    }

    [Fact]
    public void An_entity_that_is_passivated_stops_and_comes_back_with_the_next_message()
    {
        var shard = Start();
        shard.Tell(new Note("a", "me", 1));
        ExpectMsg(1);
        shard.Tell(new ShardingEnvelope("a", "passivate"));
        shard.Tell(new Note("a", "me", 2));
        ExpectMsg(2);
        shard.Tell(new ShardingEnvelope("a", "passivate"));
        Running().ShouldBeEmpty();
        shard.Tell(new Note("a", "me", 3));
        ExpectMsg(3);
        _journal.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void An_idle_entity_is_stopped()
    {
        var shard = Start(s => s.WithPassivateIdleAfter(TimeSpan.FromSeconds(10)));
        shard.Tell(new Note("idle", "me", 1));
        ExpectMsg(1);
        for (var i = 0; i < 10; i++)
        {
            shard.Tell(new Note("busy", "me", i));
            ExpectMsg(i);
            ExpectNoMsg(TimeSpan.FromSeconds(2));
        }

        Running().ShouldBe(["busy"]);
    }

    [Fact]
    public void Zero_stops_no_idle_entity()
    {
        var shard = Start(s => s.WithPassivateIdleAfter(TimeSpan.Zero));
        shard.Tell(new Note("a", "me", 1));
        ExpectMsg(1);
        ExpectNoMsg(TimeSpan.FromHours(1));
        Running().ShouldBe(["a"]);
    }

    [Fact]
    public void An_entity_runs_only_when_it_is_durable_that_it_does()
    {
        var shard = StartRemembering();
        shard.Tell(new Note("a", "me", 1));
        shard.Tell(new Note("a", "me", 2));
        Writes(true, "a");
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        shard.Tell(new NotRemembered(_asked), _ownership);
        Writes(true, "a");
        shard.Tell(new Remembered(_asked), _ownership);
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void What_comes_while_one_is_written_is_written_together()
    {
        var shard = StartRemembering();
        foreach (var id in (string[])["a", "b", "c"]) shard.Tell(new ShardRegion.StartEntity(id));
        Writes(true, "a");
        _ownership.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        shard.Tell(new Remembered(_asked), _ownership);
        Writes(true, "b", "c");
        shard.Tell(new Remembered(_asked), _ownership);
        ReceiveN(3);
        Running().ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void Remembered_entities_start_with_the_shard_and_what_came_before_that_keeps_its_order()
    {
        var shard = Start(s => s.WithRememberEntities(true));
        _ownership.ExpectMsg<GetRemembered>();
        shard.Tell(new Note("a", "me", 1));
        shard.Tell(new RememberedEntities(Lease, null), _ownership);
        _ownership.ExpectMsg<GetRemembered>(TimeSpan.FromSeconds(2));
        shard.Tell(new Note("a", "me", 2));
        shard.Tell(new RememberedEntities(Lease, ["a", "b"]), _ownership);
        shard.Tell(new Note("a", "me", 3));
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg(3);
        Running().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_remembered_entity_that_stops_by_itself_is_started_again_after_a_while_or_by_a_message()
    {
        var shard = StartRemembering("a", "b");
        shard.Tell(new ShardingEnvelope("a", "stop"));
        shard.Tell(new ShardingEnvelope("b", "stop"));
        Running().ShouldBeEmpty();
        shard.Tell(new Note("b", "me", 1));
        ExpectMsg(1);
        Running().ShouldBe(["b"]);
        ExpectNoMsg(TimeSpan.FromSeconds(10));
        Running().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_passivated_entity_is_forgotten_and_a_message_in_between_has_it_remembered_again()
    {
        var shard = StartRemembering("a");
        shard.Tell(new ShardingEnvelope("a", "passivate"));
        Writes(false, "a");
        shard.Tell(new Note("a", "me", 1));
        shard.Tell(new Remembered(_asked), _ownership);
        Writes(true, "a");
        shard.Tell(new Remembered(_asked), _ownership);
        ExpectMsg(1);
    }

    [Fact]
    public void StartEntity_starts_an_entity_and_is_acknowledged()
    {
        var shard = Start();
        shard.Tell(new ShardRegion.StartEntity("a"));
        ExpectMsg(new ShardRegion.StartEntityAck("a", "s"));
        Running().ShouldBe(["a"]);
    }

    [Fact]
    public void An_entity_that_cannot_be_made_does_not_harm_the_others()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));
        var shard = Start();
        shard.Tell(new Note("impossible", "me", 1));
        ExpectMsg<Event.DeadLetter>();
        shard.Tell(new Note("a", "me", 2));
        ExpectMsg(2);
    }

    [Fact]
    public void A_hand_off_stops_the_entities_and_gives_back_what_waited()
    {
        var shard = StartRemembering("a");
        shard.Tell(new Note("b", "me", 1));
        shard.Tell(new Note("b", "me", 2));
        shard.Tell(new Shard.HandOff(TimeSpan.FromSeconds(10)));
        _region.Watch(shard);
        var stopped = _region.ExpectMsg<Shard.Stopped>();
        stopped.Undelivered.Select(u => u.Message).ShouldBe([new ShardingEnvelope("b", new Note("b", "me", 1)), new ShardingEnvelope("b", new Note("b", "me", 2))]);
        stopped.Undelivered.ShouldAllBe(u => u.Sender!.Equals(TestActor));
        _region.ExpectTerminated(shard);
        Running().ShouldBeEmpty();
    }

    [Fact]
    public void An_entity_that_does_not_heed_the_stop_message_is_stopped_in_the_end()
    {
        var shard = Start(stopMessage: "unheard of");
        shard.Tell(new Note("a", "me", 1));
        ExpectMsg(1);
        shard.Tell(new Shard.HandOff(TimeSpan.FromSeconds(10)));
        _region.ExpectNoMsg(TimeSpan.FromSeconds(9));
        _region.ExpectMsg<Shard.Stopped>(TimeSpan.FromSeconds(2));
        _journal.Running.ShouldBeEmpty();
    }
}
