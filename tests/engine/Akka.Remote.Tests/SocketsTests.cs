using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;
using Akka.TestKit;

namespace Akka.Remote.Tests;

/// <summary>The same over sockets of the machine's loopback, with real time.</summary>
public class SocketsTests : TestKit.Xunit2.TestKit
{
    private static readonly Authority Ours = new("ours");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<ActorSystem> _others = [];

    private const string Plain = """
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          actor.provider = remote
          remote {
            log-remote-lifecycle-events = off
            retry-gate-closed-for = 20 ms
            dot-netty.tcp { hostname = "127.0.0.1", port = 0, connection-timeout = 1 s }
          }
        }
        """;

    private static Setup[] Tls(Authority certificateOf, Authority trusts, string name) =>
    [
        BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp {{ enable-ssl = on, ssl.certificate.ca = \"\"\"{trusts.Pem}\"\"\" }}")
            .WithFallback(ConfigurationFactory.ParseString(Plain))),
        new DotNettySslSetup(certificateOf.Issue(name), suppressValidation: false),
    ];

    public SocketsTests() : base(ActorSystemSetup.Create(Tls(Ours, Ours, "a")), "a") { }

    private ActorSystem Start(string name, params Setup[] setups)
    {
        var system = ActorSystem.Create(name, ActorSystemSetup.Create(setups));
        _others.Add(system);
        return system;
    }

    protected override void AfterAll()
    {
        Task.WaitAll([.. _others.Select(static other => other.Terminate())], Patience);
        base.AfterAll();
    }

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    [Fact]
    public async Task Two_systems_talk_over_mutual_tls()
    {
        var b = Start("b", Tls(Ours, Ours, "b"));
        AddressOf(b).Protocol.ShouldBe("akka.ssl.tcp");
        b.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = await Sys.ActorSelection(AddressOf(b) + "/user/echo").ResolveOne(Patience);
        Watch(echo);
        for (var i = 0; i < 5000; i++) echo.Tell(i, TestActor);
        for (var i = 0; i < 5000; i++) ExpectMsg($"echo:{i}", Patience);
        (await echo.Ask<string>("ask", Patience)).ShouldBe("echo:ask");
        echo.Tell(PoisonPill.Instance);
        ExpectTerminated(echo, Patience);
    }

    [Fact]
    public void Two_systems_talk_over_plain_tcp_and_large_messages_pass()
    {
        var config = ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.maximum-frame-size = 64 MiB").WithFallback(ConfigurationFactory.ParseString(Plain));
        var b = Start("b", BootstrapSetup.Create().WithConfig(config));
        var c = Start("c", BootstrapSetup.Create().WithConfig(config));
        AddressOf(b).Protocol.ShouldBe("akka.tcp");
        var atB = CreateTestProbe(b);
        var atC = CreateTestProbe(c);
        var seen = ((ExtendedActorSystem)c).Provider.ResolveActorRef(Akka.Serialization.Serialization.SerializedActorPath(atB.Ref));
        var large = new byte[20_000_000];
        new Random(1).NextBytes(large);
        for (var i = 0; i < 3; i++)
        {
            seen.Tell(i, atC.Ref);
            seen.Tell(large, atC.Ref);
        }

        for (var i = 0; i < 3; i++)
        {
            atB.ExpectMsg(i, Patience);
            atB.ExpectMsg<byte[]>(Patience).AsSpan().SequenceEqual(large).ShouldBeTrue();
        }

        atB.Reply("got it");
        atC.ExpectMsg("got it", Patience);
    }

    [Fact]
    public void A_certificate_of_another_authority_is_refused_by_either_side()
    {
        var stranger = new Authority("stranger");
        var b = Start("b", Tls(stranger, stranger, "b"));
        var fooled = Start("c", Tls(stranger, Ours, "c"));
        CreateTestProbe(b);
        foreach (var system in (ActorSystem[])[b, fooled])
        {
            var events = CreateTestProbe(system);
            system.EventStream.Subscribe(events.Ref, typeof(AssociationErrorEvent));
            system.ActorSelection(AddressOf(Sys) + TestActor.Path.ToStringWithoutAddress()).Tell("let me in", events.Ref);
            events.ExpectMsg<AssociationErrorEvent>(Patience).RemoteAddress.ShouldBe(AddressOf(Sys));
        }

        // And the other way round.
        var mine = CreateTestProbe();
        Sys.EventStream.Subscribe(mine.Ref, typeof(AssociationErrorEvent));
        Sys.ActorSelection(AddressOf(b) + "/user/x").Tell("hello", TestActor);
        mine.ExpectMsg<AssociationErrorEvent>(Patience).RemoteAddress.ShouldBe(AddressOf(b));
        ExpectNoMsg(TimeSpan.Zero);
    }

    private static async Task<TcpClient> Call(ActorSystem system, byte[] bytes)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, AddressOf(system).Port!.Value);
        if (bytes.Length > 0) await client.GetStream().WriteAsync(bytes);
        return client;
    }

    /// <summary>Reads until the other side closes.</summary>
    private static async Task<bool> IsCutOff(TcpClient client)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            return true;
        }

        return true;
    }

    public static TheoryData<string, byte[]> Nonsense()
    {
        static byte[] Frame(int length, params byte[] body)
        {
            var bytes = new byte[4 + body.Length];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
            body.CopyTo(bytes, 4);
            return bytes;
        }

        var random = new byte[5000];
        new Random(3).NextBytes(random);
        return new TheoryData<string, byte[]>
        {
            { "random bytes", random },
            { "a request of another protocol", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray() },
            { "a negative length", Frame(-5, 1) },
            { "a frame that is too large for a handshake", Frame(1_000_000_000, 1) },
            { "a message before the handshake", Frame(3, 4, 0, 0) },
            { "an empty handshake", Frame(1, 1) },
            { "a handshake with a field that ends too early", Frame(3, 1, 3, 200) },
            { "no kind that there is", Frame(2, 250, 0) },
        };
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Who_talks_nonsense_is_cut_off_and_the_others_are_served(string what, byte[] bytes)
    {
        var b = Start("b", BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Plain)));
        var c = Start("c", BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Plain)));
        foreach (var system in (ActorSystem[])[b, Sys])
        {
            using var client = await Call(system, bytes);
            (await IsCutOff(client)).ShouldBeTrue(what);
        }

        b.ActorOf(Props.Create(() => new Echo()), "echo");
        (await c.ActorSelection(AddressOf(b) + "/user/echo").Ask<string>("still there?", Patience)).ShouldBe("echo:still there?");
    }

    [Fact]
    public async Task Half_a_handshake_is_cut_off_after_a_while()
    {
        var config = ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.connection-timeout = 300 ms").WithFallback(ConfigurationFactory.ParseString(Plain));
        var b = Start("b", BootstrapSetup.Create().WithConfig(config));
        using var half = await Call(b, [20, 0, 0, 0, 1, 3]);
        using var silent = await Call(b, []);
        (await IsCutOff(half)).ShouldBeTrue();
        (await IsCutOff(silent)).ShouldBeTrue();
    }

    [Fact]
    public async Task Connections_that_break_are_made_again()
    {
        var b = Start("b", Tls(Ours, Ours, "b"));
        var target = b.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(Akka.Serialization.Serialization.SerializedActorPath(target));
        Watch(echo);
        var transport = ((IRemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).Transport;
        for (var round = 0; round < 3; round++)
        {
            var number = round;
            AwaitAssert(() =>
            {
                echo.Tell(number, TestActor);
                ExpectMsg($"echo:{number}", TimeSpan.FromMilliseconds(300));
            }, Patience);
            (await transport.ManagementCommand(new Transport.ForceDisassociate(AddressOf(b)))).ShouldBeTrue();
        }

        b.Stop(target);
        FishForMessage<Terminated>(_ => true, Patience).ActorRef.ShouldBe(echo);
    }

    private sealed class Numbering : ReceiveActor, IWithTimers
    {
        private int _next;

        public Numbering(IActorRef to)
        {
            Receive<string>(_ =>
            {
                for (var i = 0; i < 50; i++) to.Tell(_next++, Self);
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("more", "more", TimeSpan.FromMilliseconds(1));
    }

    private sealed class Order : ReceiveActor
    {
        public sealed record State(int Received, int Disorder);

        public Order()
        {
            var last = new Dictionary<IActorRef, int>();
            int received = 0, disorder = 0;
            Receive<int>(number =>
            {
                if (number != last.GetValueOrDefault(Sender, -1) + 1) disorder++;
                last[Sender] = number;
                received++;
            });
            Receive<string>(_ => Sender.Tell(new State(received, disorder)));
        }
    }

    [Fact]
    public async Task While_connections_are_cut_again_and_again_nothing_is_lost_or_comes_twice_or_out_of_order()
    {
        var b = Start("b", [.. Tls(Ours, Ours, "b")]);
        var order = b.ActorOf(Props.Create(() => new Order()), "order");
        var seen = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(Akka.Serialization.Serialization.SerializedActorPath(order));
        var senders = Enumerable.Range(0, 8).Select(_ => Sys.ActorOf(Props.Create(() => new Numbering(seen)))).ToList();
        var mortals = Enumerable.Range(0, 30).Select(_ => b.ActorOf(Props.Create(() => new Echo()))).ToList();
        foreach (var mortal in mortals) Watch(((ExtendedActorSystem)Sys).Provider.ResolveActorRef(Akka.Serialization.Serialization.SerializedActorPath(mortal)));
        var here = ((IRemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).Transport;
        var there = ((IRemoteActorRefProvider)((ExtendedActorSystem)b).Provider).Transport;
        var received = 0;
        foreach (var mortal in mortals)
        {
            b.Stop(mortal);
            await here.ManagementCommand(new Transport.ForceDisassociate(AddressOf(b)));
            await there.ManagementCommand(new Transport.ForceDisassociate(AddressOf(Sys)));
            // Some get through before the next cut.
            var before = received;
            await AwaitAssertAsync(async () => (received = (await order.Ask<Order.State>("?", Patience)).Received).ShouldBeGreaterThan(before), Patience, TimeSpan.FromMilliseconds(5));
        }

        ReceiveN(30, Patience).Cast<Terminated>().Select(static t => t.ActorRef.Path.Name).Distinct().Count().ShouldBe(30);
        foreach (var sender in senders) Sys.Stop(sender);
        var state = await order.Ask<Order.State>("?", Patience);
        state.Disorder.ShouldBe(0);
        state.Received.ShouldBeGreaterThan(0);
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task What_is_sent_into_a_blackhole_arrives_when_it_is_taken_away()
    {
        var b = Start("b", Tls(Ours, Ours, "b"));
        var order = b.ActorOf(Props.Create(() => new Order()), "order");
        var seen = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(Akka.Serialization.Serialization.SerializedActorPath(order));
        var here = ((IRemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).Transport;
        var there = ((IRemoteActorRefProvider)((ExtendedActorSystem)b).Provider).Transport;
        var sent = 0;
        async Task Arrive() => await AwaitAssertAsync(async () => (await order.Ask<Order.State>("?", Patience)).ShouldBe(new Order.State(sent, 0)), Patience, TimeSpan.FromMilliseconds(10));
        void Send(int count)
        {
            for (var i = 0; i < count; i++) seen.Tell(sent++, TestActor);
        }

        Send(100);
        await Arrive();
        foreach (var (at, to, direction) in ((Akka.Remote.RemoteTransport, Address, Transport.ThrottleTransportAdapter.Direction)[])
            [(here, AddressOf(b), Transport.ThrottleTransportAdapter.Direction.Send), (there, AddressOf(Sys), Transport.ThrottleTransportAdapter.Direction.Receive), (there, AddressOf(Sys), Transport.ThrottleTransportAdapter.Direction.Both)])
        {
            await at.ManagementCommand(new Transport.SetThrottle(to, direction, Transport.Blackhole.Instance));
            Send(100);
            ExpectNoMsg(TimeSpan.FromMilliseconds(150));
            (await order.Ask<Order.State>("?", Patience)).Received.ShouldBe(sent - 100);
            await at.ManagementCommand(new Transport.SetThrottle(to, direction, Transport.Unthrottled.Instance));
            await Arrive();
        }
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error_that_names_it()
    {
        var taken = AddressOf(Sys).Port;
        var error = Should.Throw<Exception>(() => Start("x", BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.port = {taken}").WithFallback(ConfigurationFactory.ParseString(Plain)))));
        error.Message.ShouldContain($"127.0.0.1:{taken}");
    }

    [Fact]
    public void Tls_without_an_authority_is_an_error_that_names_the_setting() =>
        Should.Throw<ConfigurationException>(() => Start("x", BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.enable-ssl = on").WithFallback(ConfigurationFactory.ParseString(Plain))), new DotNettySslSetup(Ours.Issue("x"), false)))
            .Message.ShouldContain("ssl.certificate.ca");
}
