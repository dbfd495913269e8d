using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Tests;
using static AkkaKube.Fabric.FabricActor;

namespace AkkaKube.Fabric.Tests;

/// <summary>The fabrics of two hosts, and a third where one is needed.</summary>
public class PeerTests : VirtualTime
{
    private static readonly SocketAddress Web = new("10.0.1.2", 80);
    private readonly IActorRef _one;
    private readonly IActorRef _two;
    private readonly TestProbe _client;
    private readonly TestProbe _server;

    public PeerTests()
    {
        _one = Fabric("one");
        _two = Fabric("two");
        _client = CreateTestProbe();
        _server = CreateTestProbe();
        Attach(_one, "10.0.0.1", "a", _client);
        _one.Tell(new Peers([_two]));
        _two.Tell(new Peers([_one]));
        Attach(_two, Web.Ip, "b", _server);
        Listen(_two, Web, _server);
    }

    private sealed record Table(Func<SocketAddress, SocketAddress, Route> Decide) : IRoutes
    {
        public Route Find(SocketAddress source, SocketAddress target) => Decide(source, target);
    }

    private IActorRef Fabric(string name, string settings = "") => Sys.ActorOf(Props(FabricSettings.From(ReferenceConf.With(settings)), new Random(1)), name);

    private void Attach(IActorRef fabric, string ip, string node, TestProbe owner)
    {
        owner.Send(fabric, new Attach(ip, node, owner));
        Advance();
        owner.ExpectMsg<Attached>().Ip.ShouldBe(ip);
    }

    private void Listen(IActorRef fabric, SocketAddress address, TestProbe listener)
    {
        listener.Send(fabric, new Listen(address, listener));
        Advance();
        listener.ExpectMsg<Listening>();
    }

    private (FabricStream Client, FabricStream Server) Join(SocketAddress target)
    {
        _client.Send(_one, new Connect("10.0.0.1", target) { Tag = 7L });
        Advance();
        var server = _server.ExpectMsg<Incoming>().Accept(_server);
        Advance();
        var connected = _client.ExpectMsg<Connected>();
        connected.Tag.ShouldBe(7L);
        return (new FabricStream(connected.Connection, _client, _one), server);
    }

    private Statistics StatisticsOf(IActorRef fabric)
    {
        var asker = CreateTestProbe();
        asker.Send(fabric, new GetStatistics());
        Advance();
        return asker.ExpectMsg<Statistics>();
    }

    [Fact]
    public void A_connection_to_an_address_of_another_host_joins_the_two_ends_directly()
    {
        var (client, server) = Join(Web);
        client.Connection.Remote.ShouldBe(Web);
        server.Connection.Remote.Ip.ShouldBe("10.0.0.1");
        client.Write("hello"u8.ToArray());
        Advance();
        server.Handle(_server.ExpectMsg<Connection.Data>()).ShouldBe(StreamEvent.Received);
        _server.LastSender.ShouldBe(_client.Ref);
        server.Take().ToArray().ShouldBe("hello"u8.ToArray());
        server.Finish();
        client.Finish();
        Advance();
        server.Handle(_server.ExpectMsg<Connection.Finish>());
        Advance();
        StatisticsOf(_one).ShouldSatisfyAllConditions(s => s.Ended.ShouldBe(0), s => s.Opened.ShouldBe(0));
        client.Handle(_client.ExpectMsg<Connection.Credit>());
        client.Handle(_client.ExpectMsg<Connection.Finish>());
        Advance();
        (StatisticsOf(_one).Ended, StatisticsOf(_one).Bytes, StatisticsOf(_two).Opened, StatisticsOf(_two).Ended).ShouldBe((1, 5, 1, 0));
    }

    [Fact]
    public void Where_nobody_listens_on_the_other_host_the_connection_is_refused_and_a_listener_may_refuse_it_too()
    {
        _client.Send(_one, new Connect("10.0.0.1", Web with { Port = 81 }) { Tag = "t" });
        Advance();
        _client.ExpectMsg<Refused>().ShouldBe(new Refused(Web with { Port = 81 }, "t"));
        _client.Send(_one, new Connect("10.0.0.1", Web) { Tag = "u" });
        Advance();
        _server.ExpectMsg<Incoming>().Refuse(_server);
        Advance();
        _client.ExpectMsg<Refused>().Tag.ShouldBe("u");
        StatisticsOf(_one).Refused.ShouldBe(2);
    }

    [Fact]
    public void The_rules_of_the_source_node_are_applied_where_it_is_and_those_of_a_node_where_that_is()
    {
        var service = new SocketAddress("10.96.0.1", 80);
        _one.Tell(new SetRoutes("a", new Table((_, target) => target == service ? new Route.Balance([Web]) : Route.Direct)));
        Attach(_two, "172.18.0.3", "b", CreateTestProbe());
        _two.Tell(new SetRoutes("b", new Table((_, target) => target.Port switch { 30000 => new Route.Balance([Web]) { SourceIp = "172.18.0.3" }, 30001 => Route.Reject, 80 => Route.Reject, _ => Route.Drop })));
        Join(service).Server.Connection.Remote.Ip.ShouldBe("10.0.0.1");
        Join(new SocketAddress("172.18.0.3", 30000)).Server.Connection.Remote.Ip.ShouldBe("172.18.0.3");
        _client.Send(_one, new Connect("10.0.0.1", new SocketAddress("172.18.0.3", 30001)));
        _client.Send(_one, new Connect("10.0.0.1", new SocketAddress("172.18.0.3", 30002)) { Timeout = TimeSpan.FromSeconds(3) });
        Advance();
        _client.ExpectMsg<Refused>().Target.Port.ShouldBe(30001);
        Advance(4.5);
        _client.ExpectMsg<TimedOut>().Target.Port.ShouldBe(30002);
    }

    [Fact]
    public void A_node_port_leads_from_one_host_over_another_to_a_pod_of_a_third()
    {
        var three = Fabric("three");
        three.Tell(new Peers([_one, _two]));
        _one.Tell(new Peers([_two, three]));
        _two.Tell(new Peers([_one, three]));
        Advance();
        var pod = CreateTestProbe();
        Attach(three, "10.0.2.2", "c", pod);
        Listen(three, new SocketAddress("10.0.2.2", 80), pod);
        Attach(_two, "172.18.0.3", "b", CreateTestProbe());
        _two.Tell(new SetRoutes("b", new Table((_, target) => target.Port == 30000 ? new Route.Balance([new SocketAddress("10.0.2.2", 80)]) : Route.Direct)));
        _client.Send(_one, new Connect("203.0.113.1", new SocketAddress("172.18.0.3", 30000)));
        Advance();
        pod.ExpectMsg<Incoming>().Accept(pod);
        Advance();
        var client = new FabricStream(_client.ExpectMsg<Connected>().Connection, _client, _one);
        Sys.Stop(three);
        Advance();
        client.Handle(_client.ExpectMsg<Connection.Reset>()).ShouldBe(StreamEvent.Reset);
    }

    [Fact]
    public void The_death_of_a_host_in_the_middle_of_a_transfer_resets_both_ways_and_forgets_its_addresses()
    {
        var (client, server) = Join(Web);
        client.Write(new byte[200_000]);
        Advance();
        server.Handle(_server.ExpectMsg<Connection.Data>());
        client.Unsent.ShouldBeGreaterThan(0);
        _one.Tell(new Peers([]));
        _two.Tell(new Peers([]));
        Advance();
        client.Handle(_client.ExpectMsg<Connection.Reset>()).ShouldBe(StreamEvent.Reset);
        server.Handle(_server.ExpectMsg<Connection.Reset>()).ShouldBe(StreamEvent.Reset);
        _client.Send(_one, new Connect("10.0.0.1", Web) { Timeout = TimeSpan.FromSeconds(1) });
        Advance(1.1);
        _client.ExpectMsg<TimedOut>();
    }

    [Fact]
    public void A_connection_under_way_to_a_host_that_dies_times_out_in_its_own_time()
    {
        _client.Send(_one, new Connect("10.0.0.1", Web) { Timeout = TimeSpan.FromSeconds(5), Tag = 3L });
        Sys.Stop(_two);
        Advance(4);
        while (_client.HasMessages) _client.ExpectMsg<Connection.Reset>();
        Advance(2.5);
        _client.FishForMessage<TimedOut>(_ => true).Tag.ShouldBe(3L);
    }

    [Fact]
    public void An_address_is_believed_to_be_where_it_was_attached_last_and_an_own_one_before_all()
    {
        var three = Fabric("three");
        three.Tell(new Peers([_one, _two]));
        Advance();
        var moved = CreateTestProbe();
        Attach(three, Web.Ip, "b", moved);
        Listen(three, Web, moved);
        _client.Send(_one, new Connect("10.0.0.1", Web));
        Advance();
        moved.ExpectMsg<Incoming>().Refuse(moved);
        Advance();
        _client.ExpectMsg<Refused>();
        Sys.Stop(three);
        Advance();
        Join(Web);
        Attach(_one, Web.Ip, "b", moved);
        Listen(_one, Web, moved);
        _client.Send(_one, new Connect("10.0.0.1", Web));
        Advance();
        moved.ExpectMsg<Incoming>();
    }

    [Fact]
    public void A_connection_to_an_address_that_moves_finds_it_where_it_comes_to()
    {
        Sys.Stop(_server);
        Advance();
        _client.Send(_one, new Connect("10.0.0.1", Web) { Tag = 1L });
        Advance();
        var three = Fabric("three");
        three.Tell(new Peers([_one, _two]));
        Advance();
        var moved = CreateTestProbe();
        Attach(three, Web.Ip, "b", moved);
        Listen(three, Web, moved);
        moved.HasMessages.ShouldBeFalse();
        Advance(1);
        moved.ExpectMsg<Incoming>().Accept(moved);
        Advance();
        _client.ExpectMsg<Connected>().Tag.ShouldBe(1L);
    }

    [Fact]
    public void A_host_says_that_it_has_not_got_an_address_any_more_and_is_asked_again_while_it_is_believed_to()
    {
        var there = new SocketAddress("10.9.0.1", 80);
        var host = CreateTestProbe();
        host.Send(_one, new PeerTable(1, [new PeerAddress(there.Ip, "z")]));
        _client.Send(_one, new Connect("10.0.0.1", there));
        Advance();
        var across = host.FishForMessage<Across>(_ => true);
        across.Target.ShouldBe(there);
        // What it asks for is answered by a fabric that has not got it either.
        var asker = CreateTestProbe();
        asker.Send(_two, new Across(5, new Connect("10.0.0.1", there), _client, asker, null, there, there, true));
        Advance();
        var unanswered = asker.FishForMessage<AcrossUnanswered>(_ => true);
        unanswered.Id.ShouldBe(5);
        host.Send(_one, new AcrossUnanswered(across.Id));
        Advance(10);
        host.FishForMessage<Across>(_ => true);
    }

    [Fact]
    public void An_address_that_is_given_back_is_nowhere_any_more()
    {
        Sys.Stop(_server);
        Advance();
        _client.Send(_one, new Connect("10.0.0.1", Web) { Timeout = TimeSpan.FromSeconds(1) });
        Advance(1.1);
        _client.ExpectMsg<TimedOut>();
    }

    [Fact]
    public void A_fabric_that_missed_a_change_asks_for_the_whole_table()
    {
        var stranger = CreateTestProbe();
        stranger.Send(_one, new PeerTable(4, [new PeerAddress("10.9.0.1", "z")]));
        Advance();
        stranger.ExpectMsg<PeerTable>().Addresses.ShouldBe([new PeerAddress("10.0.0.1", "a")]);
        stranger.Send(_one, new PeerChanged(6, [new PeerAddress("10.9.0.2", "z")], []));
        Advance();
        stranger.ExpectMsg<AskPeerTable>();
        stranger.Send(_one, new PeerChanged(5, [], ["10.9.0.1"]));
        stranger.Send(_one, new PeerVersion(5));
        Advance();
        stranger.HasMessages.ShouldBeFalse();
        stranger.Send(_one, new PeerVersion(6));
        Advance();
        stranger.ExpectMsg<AskPeerTable>();
    }

    [Fact]
    public void Many_changes_at_once_are_told_at_once_and_the_version_now_and_then()
    {
        var peer = CreateTestProbe();
        _one.Tell(new Peers([_two, peer]));
        Advance();
        peer.ExpectMsg<PeerTable>();
        for (var i = 2; i < 12; i++) _client.Send(_one, new Attach($"10.0.0.{i}", "a", _client));
        _client.Send(_one, new Detach("10.0.0.5", _client));
        Advance();
        var changed = peer.ExpectMsg<PeerChanged>();
        (changed.Attached.Count, changed.Detached.Single()).ShouldBe((9, "10.0.0.5"));
        Advance(5.5);
        peer.ExpectMsg<PeerVersion>().Version.ShouldBe(changed.Version);
    }

    [Fact]
    public void A_large_table_comes_in_parts()
    {
        for (var i = 0; i < 4500; i++) _client.Send(_one, new Attach($"10.1.{i / 250}.{i % 250}", "a", _client));
        Advance();
        var peer = CreateTestProbe();
        peer.Send(_one, new AskPeerTable());
        Advance();
        // Once because the peer is new, once because it asked.
        for (var table = 0; table < 2; table++)
        {
            PeerTable[] parts = [peer.ExpectMsg<PeerTable>(), peer.ExpectMsg<PeerTable>(), peer.ExpectMsg<PeerTable>()];
            parts.Sum(p => p.Addresses.Count).ShouldBe(4501);
            parts.Select(p => p.HasMore).ShouldBe([true, true, false]);
            parts.Select(p => p.Version).Distinct().ShouldHaveSingleItem();
        }

        var three = Fabric("three");
        Attach(three, "10.0.3.1", "c", CreateTestProbe());
        var other = CreateTestProbe();
        other.Send(three, new PeerTable(7, [new PeerAddress("10.9.0.1", "z")]) { HasMore = true });
        other.Send(three, new PeerTable(8, [new PeerAddress("10.9.0.2", "z")]) { HasMore = true });
        other.Send(three, new PeerTable(8, [new PeerAddress("10.9.0.3", "z")]));
        for (var i = 1; i <= 3; i++) _client.Send(three, new Connect("10.0.3.1", new SocketAddress($"10.9.0.{i}", 80)));
        Advance();
        other.FishForMessage<Across>(_ => true).Target.Ip.ShouldBe("10.9.0.2");
        other.FishForMessage<Across>(_ => true).Target.Ip.ShouldBe("10.9.0.3");
        other.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void Each_end_uses_the_wire_of_its_own_host()
    {
        var slow = Fabric("slow", "akkakube.fabric.latency = 1s");
        slow.Tell(new Peers([_one]));
        Advance();
        var pod = CreateTestProbe();
        Attach(slow, "10.0.5.5", "s", pod);
        Listen(slow, new SocketAddress("10.0.5.5", 80), pod);
        _client.Send(_one, new Connect("10.0.0.1", new SocketAddress("10.0.5.5", 80)));
        Advance(1);
        var there = pod.ExpectMsg<Incoming>().Accept(pod);
        Advance(1);
        var here = _client.ExpectMsg<Connected>().Connection;
        here.Wire.ShouldBeNull();
        there.Connection.Wire.ShouldNotBeNull();
    }
}
