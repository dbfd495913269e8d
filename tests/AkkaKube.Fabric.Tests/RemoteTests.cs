using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;
using AkkaKube.Wire;
using static AkkaKube.Fabric.FabricActor;

namespace AkkaKube.Fabric.Tests;

/// <summary>The fabrics of two actor systems, over sockets of this machine.</summary>
public class RemoteTests() : TestKit(Setup(), "a")
{
    private const int Length = 3_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly SocketAddress Web = new("10.0.1.2", 80);
    private readonly List<ActorSystem> _others = [];

    private static ActorSystemSetup Setup() => ActorSystemSetup.Create(
        BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("""
            akka {
              loglevel = ERROR
              stdout-loglevel = OFF
              actor.provider = remote
              remote { log-remote-lifecycle-events = off, dot-netty.tcp { hostname = "127.0.0.1", port = 0 } }
            }
            """)),
        RecordSerializer.Setup(FabricWire.Manifest));

    protected override void AfterAll()
    {
        Task.WaitAll([.. _others.Select(other => other.Terminate())], Patience);
        base.AfterAll();
    }

    private static IActorRef Fabric(ActorSystem system, int seed) => system.ActorOf(Props(FabricSettings.From(ReferenceConf.With()), new Random(seed)), "fabric");

    private static string PathOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress + "/user/fabric";

    /// <summary>A second host with a server on it that sends <see cref="Length"/> bytes to who connects, or as many as the window lets it.</summary>
    private async Task<(IActorRef Here, ActorSystem There)> TwoHosts()
    {
        var there = ActorSystem.Create("b", Setup());
        _others.Add(there);
        var (one, two) = (Fabric(Sys, 1), Fabric(there, 2));
        one.Tell(new Peers([await Sys.ActorSelection(PathOf(there)).ResolveOne(Patience)]));
        two.Tell(new Peers([await there.ActorSelection(PathOf(Sys)).ResolveOne(Patience)]));
        await there.ActorOf(Akka.Actor.Props.Create(() => new Server(two))).Ask<string>("ready?", Patience);
        one.Tell(new Attach("10.0.0.1", "a", TestActor), TestActor);
        ExpectMsg<Attached>();
        return (one, there);
    }

    private FabricStream Connect(IActorRef fabric)
    {
        // The other host's table may be on its way still.
        AwaitAssert(() =>
        {
            fabric.Tell(new GetStatistics(), TestActor);
            ExpectMsg<Statistics>(Patience).Elsewhere.ShouldBe(1);
        }, Patience);
        fabric.Tell(new Connect("10.0.0.1", Web) { Tag = 5L }, TestActor);
        var connected = ExpectMsg<Connected>(Patience);
        connected.Tag.ShouldBe(5L);
        return new FabricStream(connected.Connection, TestActor, fabric);
    }

    [Fact]
    public async Task Bytes_cross_hosts_within_the_window_and_arrive_as_they_were_sent()
    {
        var stream = Connect((await TwoHosts()).Here);
        long received = 0;
        while (!stream.PeerFinished)
        {
            stream.Handle(ExpectMsg<Connection.Segment>(Patience));
            stream.Available.ShouldBeLessThanOrEqualTo(stream.Connection.Window);
            for (var bytes = stream.Take(); !bytes.IsEmpty; bytes = stream.Take())
                foreach (var value in bytes.ToArray()) value.ShouldBe((byte)(received++ % 251));
        }

        received.ShouldBe(Length);
    }

    [Fact]
    public async Task The_death_of_a_host_resets_its_connections_in_the_middle_of_a_transfer()
    {
        var (here, there) = await TwoHosts();
        var stream = Connect(here);
        while (stream.BytesReceived < stream.Connection.Window) stream.Handle(ExpectMsg<Connection.Segment>(Patience));
        await there.Terminate();
        // What the membership would say.
        here.Tell(new Peers([]));
        FishForMessage<Connection.Segment>(s => stream.Handle(s) == StreamEvent.Reset, Patience);
        stream.IsClosed.ShouldBeTrue();
    }

    private sealed class Server : ReceiveActor
    {
        public Server(IActorRef fabric)
        {
            IActorRef? asker = null;
            var listening = false;
            FabricStream? stream = null;
            void AnswerIfReady()
            {
                if (listening) asker?.Tell("ready");
            }

            Receive<string>(_ =>
            {
                asker = Sender;
                AnswerIfReady();
            });
            Receive<Attached>(_ => fabric.Tell(new Listen(Web, Self)));
            Receive<Listening>(_ =>
            {
                listening = true;
                AnswerIfReady();
            });
            Receive<Incoming>(incoming =>
            {
                stream = incoming.Accept(Self);
                var bytes = new byte[Length];
                for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i % 251);
                stream.Write(bytes);
                stream.Finish();
            });
            Receive<Connection.Segment>(segment => stream!.Handle(segment));
            fabric.Tell(new Attach(Web.Ip, "b", Self));
        }
    }
}
