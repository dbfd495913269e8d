using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Tests;
using static AkkaKube.Fabric.FabricActor;

namespace AkkaKube.Fabric.Tests;

public class FabricActorTests : VirtualTime
{
    private static readonly SocketAddress Web = new("10.0.0.2", 80);
    private readonly IActorRef _fabric;
    private readonly TestProbe _client;
    private readonly TestProbe _server;

    public FabricActorTests()
    {
        _fabric = Sys.ActorOf(Props(FabricSettings.From(ReferenceConf.With()), new Random(1)), "fabric");
        _client = CreateTestProbe();
        _server = CreateTestProbe();
        Attach("10.0.0.1", "a", _client);
        Attach("10.0.0.2", "b", _server);
        _server.Send(_fabric, new Listen(Web, _server));
        Advance();
        _server.ExpectMsg<Listening>();
    }

    private sealed record Table(Func<SocketAddress, SocketAddress, Route> Decide) : IRoutes
    {
        public Route Find(SocketAddress source, SocketAddress target) => Decide(source, target);
    }

    [Fact]
    public void A_connection_joins_the_one_who_connects_with_the_one_who_listens()
    {
        var (client, server) = Join(new Connect("10.0.0.1", Web) { Tag = "t" });
        client.Connection.Remote.ShouldBe(Web);
        server.Connection.Remote.ShouldBe(client.Connection.Local);
        server.Connection.Remote.Ip.ShouldBe("10.0.0.1");
    }

    [Fact]
    public void Bytes_go_from_end_to_end_without_the_fabric()
    {
        var (client, server) = Join(new Connect("10.0.0.1", Web));
        client.Write("hello"u8.ToArray());
        Advance();
        server.Handle(_server.ExpectMsg<Connection.Data>()).ShouldBe(StreamEvent.Received);
        _server.LastSender.ShouldBe(_client.Ref);
        server.Take().ToArray().ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public void Nobody_listening_means_refused_and_nobody_there_means_timed_out()
    {
        _client.Send(_fabric, new Connect("10.0.0.1", Web with { Port = 81 }) { Tag = 1 });
        _client.Send(_fabric, new Connect("10.0.0.1", new SocketAddress("10.0.0.9", 80)) { Tag = 2, Timeout = TimeSpan.FromSeconds(5) });
        Advance();
        _client.ExpectMsg<Refused>().Tag.ShouldBe(1);
        Advance(4.9);
        _client.HasMessages.ShouldBeFalse();
        Advance(0.2);
        _client.ExpectMsg<TimedOut>().Tag.ShouldBe(2);
    }

    [Fact]
    public void A_connection_that_nobody_answers_is_tried_again_after_1_and_3_and_7_seconds()
    {
        var late = new SocketAddress("10.0.0.9", 80);
        _client.Send(_fabric, new Connect("10.0.0.1", late) { Tag = 1 });
        Advance(2);
        var pod = CreateTestProbe();
        Attach(late.Ip, "c", pod);
        pod.Send(_fabric, new Listen(late, pod));
        Advance(0.9);
        pod.ExpectMsg<Listening>();
        pod.HasMessages.ShouldBeFalse();
        Advance(0.1);
        pod.ExpectMsg<Incoming>().Accept(pod);
        Advance(200);
        _client.ExpectMsg<Connected>().Tag.ShouldBe(1);
        _client.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_dropped_connection_gets_through_when_the_rule_is_gone_and_a_chosen_endpoint_stays_chosen()
    {
        var service = new SocketAddress("10.96.0.1", 80);
        _fabric.Tell(new SetRoutes("a", new Table((_, _) => Route.Drop)));
        _client.Send(_fabric, new Connect("10.0.0.1", service));
        Advance(0.5);
        _fabric.Tell(new SetRoutes("a", new Table((_, _) => new Route.Balance([new SocketAddress("10.0.0.9", 80)]))));
        Advance(1);
        _fabric.Tell(new SetRoutes("a", new Table((_, _) => Route.Reject)));
        var pod = CreateTestProbe();
        Attach("10.0.0.9", "c", pod);
        pod.Send(_fabric, new Listen(new SocketAddress("10.0.0.9", 80), pod));
        Advance(2);
        pod.ExpectMsg<Listening>();
        pod.ExpectMsg<Incoming>();
        _client.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void A_listener_that_stops_before_it_has_accepted_refuses()
    {
        _client.Send(_fabric, new Connect("10.0.0.1", Web) { Tag = 1 });
        Sys.Stop(_server);
        Advance();
        _client.ExpectMsg<Refused>().Tag.ShouldBe(1);
    }

    [Fact]
    public void The_end_that_accepted_is_reset_where_the_other_has_stopped_meanwhile()
    {
        _client.Send(_fabric, new Connect("10.0.0.1", Web) { Tag = 1 });
        Advance();
        Sys.Stop(_client);
        Advance();
        var stream = _server.ExpectMsg<Incoming>().Accept(_server);
        Advance();
        stream.Handle(_server.ExpectMsg<Connection.Reset>()).ShouldBe(StreamEvent.Reset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(900)]
    public void The_connect_timeout_of_the_settings_holds_where_none_or_a_longer_one_is_given(int? seconds)
    {
        _client.Send(_fabric, new Connect("10.0.0.1", new SocketAddress("10.0.0.9", 80)) { Timeout = seconds is { } s ? TimeSpan.FromSeconds(s) : null });
        Advance(126);
        _client.HasMessages.ShouldBeFalse();
        Advance(2);
        _client.ExpectMsg<TimedOut>();
    }

    [Fact]
    public void An_address_and_a_port_have_one_owner()
    {
        _client.Send(_fabric, new Attach("10.0.0.2", "a", _client));
        _client.Send(_fabric, new Listen(Web, _client));
        _client.Send(_fabric, new Listen(new SocketAddress("10.9.9.9", 80), _client));
        Advance();
        _client.ExpectMsg<AddressInUse>();
        _client.ExpectMsg<ListenFailed>().Reason.ShouldBe("Address already in use");
        _client.ExpectMsg<ListenFailed>().Reason.ShouldBe("Cannot assign requested address");
    }

    [Fact]
    public void The_death_of_an_owner_gives_back_its_address_and_its_ports()
    {
        Sys.Stop(_server.Ref);
        Advance();
        _client.Send(_fabric, new GetStatistics());
        Advance();
        _client.ExpectMsg<Statistics>(s => (s.Addresses, s.Listeners).ShouldBe((1, 0)));
    }

    [Fact]
    public void The_rules_of_the_source_node_choose_among_endpoints()
    {
        var service = new SocketAddress("10.96.0.1", 80);
        var third = CreateTestProbe();
        Attach("10.0.0.3", "b", third);
        third.Send(_fabric, new Listen(new SocketAddress("10.0.0.3", 80), third));
        _fabric.Tell(new SetRoutes("a", new Table((_, target) => target == service ? new Route.Balance([Web, new SocketAddress("10.0.0.3", 80)]) : Route.Direct)));
        for (var i = 0; i < 200; i++) _client.Send(_fabric, new Connect("10.0.0.1", service));
        Advance();
        var hits = Count(_server);
        hits.ShouldBeInRange(60, 140);
        Count(third).ShouldBe(200 - hits + 1); // and the reply to its listen
    }

    [Fact]
    public void Affinity_keeps_a_source_with_its_endpoint_as_long_as_it_comes_back_in_time()
    {
        var service = new SocketAddress("10.96.0.1", 80);
        SocketAddress[] endpoints = [.. Enumerable.Range(1, 50).Select(i => new SocketAddress("10.0.0.2", i))];
        foreach (var endpoint in endpoints) _server.Send(_fabric, new Listen(endpoint, _server));
        Advance();
        Count(_server);
        _fabric.Tell(new SetRoutes("a", new Table((_, target) => target == service ? new Route.Balance(endpoints) { Affinity = TimeSpan.FromSeconds(60) } : Route.Direct)));
        for (var i = 0; i < 20; i++)
        {
            _client.Send(_fabric, new Connect("10.0.0.1", service));
            Advance(50);
        }

        Incoming(_server).Select(i => i.Connection.Local).Distinct().Count().ShouldBe(1);
        Advance(3600);
        for (var i = 0; i < 20; i++)
        {
            _client.Send(_fabric, new Connect("10.0.0.1", service));
            Advance(61);
        }

        Incoming(_server).Select(i => i.Connection.Local).Distinct().Count().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void A_rule_can_reject_drop_and_masquerade()
    {
        _fabric.Tell(new SetRoutes("a", new Table((_, target) => target.Port switch
        {
            1 => Route.Reject,
            2 => Route.Drop,
            _ => new Route.Balance([Web]) { SourceIp = "192.168.0.1" },
        })));
        for (var port = 1; port <= 3; port++) _client.Send(_fabric, new Connect("10.0.0.1", new SocketAddress("10.96.0.1", port)) { Timeout = TimeSpan.FromSeconds(1) });
        Advance();
        _client.ExpectMsg<Refused>().Target.Port.ShouldBe(1);
        _server.ExpectMsg<Incoming>().Connection.Remote.Ip.ShouldBe("192.168.0.1");
        Advance(2);
        _client.ExpectMsg<TimedOut>().Target.Port.ShouldBe(2);
    }

    [Fact]
    public void What_is_addressed_to_a_node_follows_the_rules_of_that_node_also_from_outside()
    {
        Attach("192.168.0.2", "b", CreateTestProbe());
        _fabric.Tell(new SetRoutes("b", new Table((_, target) => target.Port == 30000 ? new Route.Balance([Web]) : Route.Direct)));
        _client.Send(_fabric, new Connect("203.0.113.1", new SocketAddress("192.168.0.2", 30000)));
        Advance();
        _server.ExpectMsg<Incoming>().Connection.Remote.Ip.ShouldBe("203.0.113.1");
    }

    [Fact]
    public void Loopback_is_the_namespace_itself_and_a_loopback_listener_is_reached_through_it_alone()
    {
        _server.Send(_fabric, new Listen(Web with { Port = 9 }, _server) { LoopbackOnly = true });
        _client.Send(_fabric, new Connect("10.0.0.1", Web with { Port = 9 }));
        _server.Send(_fabric, new Connect("10.0.0.2", new SocketAddress("127.0.0.1", 9)));
        Advance();
        _client.ExpectMsg<Refused>();
        _server.ExpectMsg<Listening>();
        _server.ExpectMsg<Incoming>();
    }

    [Fact]
    public void Names_go_to_the_resolver_which_answers_the_one_who_asked()
    {
        _client.Send(_fabric, new Resolve("web", []) { Tag = 1 });
        Advance();
        _client.ExpectMsg<NotResolved>().Reason.ShouldBe(ResolveFailure.NoServer);
        _fabric.Tell(new SetResolver(_server));
        _client.Send(_fabric, new Resolve("web", []) { Tag = 2 });
        Advance();
        _server.ExpectMsg<Resolve>();
        _server.LastSender.ShouldBe(_client.Ref);
    }

    [Fact]
    public void Statistics_count_connections_and_bytes()
    {
        var (client, server) = Join(new Connect("10.0.0.1", Web));
        client.Write(new byte[100]);
        client.Finish();
        Advance();
        server.Handle(_server.ExpectMsg<Connection.Data>());
        server.Handle(_server.ExpectMsg<Connection.Finish>());
        server.Finish();
        Advance();
        client.Handle(_client.ExpectMsg<Connection.Finish>());
        _client.Send(_fabric, new GetStatistics());
        Advance();
        _client.ExpectMsg<Statistics>(s => (s.Opened, s.Ended, s.Bytes).ShouldBe((1, 1, 100)));
    }

    private static List<Incoming> Incoming(TestProbe probe)
    {
        var all = new List<Incoming>();
        while (probe.HasMessages)
        {
            if (probe.ReceiveOne(TimeSpan.Zero) is Incoming incoming) all.Add(incoming);
        }

        return all;
    }

    private static int Count(TestProbe probe)
    {
        var count = 0;
        for (; probe.HasMessages; count++) probe.ReceiveOne(TimeSpan.Zero);
        return count;
    }

    private void Attach(string ip, string node, TestProbe owner)
    {
        owner.Send(_fabric, new Attach(ip, node, owner));
        Advance();
        owner.ExpectMsg<Attached>().Ip.ShouldBe(ip);
    }

    private (FabricStream Client, FabricStream Server) Join(Connect connect)
    {
        _client.Send(_fabric, connect);
        Advance();
        var server = _server.ExpectMsg<Incoming>().Accept(_server);
        Advance();
        var connected = _client.ExpectMsg<Connected>();
        connected.Tag.ShouldBe(connect.Tag);
        return (new FabricStream(connected.Connection, _client, _fabric), server);
    }
}
