using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;
using AkkaKube.Fabric;
using AkkaKube.Network.Dns;
using AkkaKube.Network.NodePorts;
using AkkaKube.Network.Proxy;
using AkkaKube.Network.Services;
using static AkkaKube.Network.Tests.Objects;

namespace AkkaKube.Network.Tests.NodePorts;

public class NodePortsTests : TestKit
{
    private readonly TestProbe _fabric;
    private readonly TestProbe _services;
    private readonly FakePorts _ports = new();

    public NodePortsTests()
        : base(ReferenceConf.Patience + "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _fabric = CreateTestProbe();
        _services = CreateTestProbe();
    }

    private IActorRef Actor() => Sys.ActorOf(NodePortsActor.Props(_fabric, _services, "127.0.0.1", _ports, new Random(1)));

    private static ServiceView View(params int[] ports) => new(
        RuleTable.Of(ports.Select(p => ServiceRulesOf.Derive(NodePort("web-" + p, p), [])!)), new DnsZone("cluster.local", []), []);

    [Fact]
    public void Ports_open_and_close_with_the_Services()
    {
        var actor = Actor();
        actor.Tell(View(30080, 30081));
        AwaitAssert(() => _ports.Open.Keys.Order().ShouldBe([30080, 30081]));
        actor.Tell(View(30081));
        AwaitAssert(() => _ports.Open.Keys.ShouldBe([30081]));
        Sys.Stop(actor);
        AwaitAssert(() => _ports.Open.ShouldBeEmpty());
    }

    [Fact]
    public void A_port_in_use_does_not_keep_the_others_from_opening_and_is_taken_over_when_it_is_free()
    {
        _ports.InUse.TryAdd(30080, true);
        var actor = Actor();
        actor.Tell(View(30080, 30081));
        AwaitAssert(() => _ports.Open.Keys.ShouldBe([30081]));
        for (var i = 0; i < 10; i++) actor.Tell(View(30080, 30081, 30082));
        AwaitAssert(() => _ports.Open.Keys.Order().ShouldBe([30081, 30082]));
        _ports.Tries[30080].ShouldBe(1);
        _ports.InUse.Clear();
        AwaitAssert(() =>
        {
            ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(5));
            _ports.Open.Keys.Order().ShouldBe([30080, 30081, 30082]);
        });
    }

    [Fact]
    public void Bytes_go_from_the_client_to_the_pod_and_back()
    {
        var actor = Actor();
        actor.Tell(new NodePortsActor.NodeUp("a", "172.18.0.2"));
        actor.Tell(View(30080));
        AwaitAssert(() => _ports.Open.ShouldNotBeEmpty());
        var client = new FakeClient();
        _ports.Open[30080](client);
        var connect = _fabric.ExpectMsg<FabricActor.Connect>();
        connect.Target.ShouldBe(new AkkaKube.Fabric.SocketAddress("172.18.0.2", 30080));
        var pump = _fabric.LastSender;
        var pod = CreateTestProbe();
        pump.Tell(new FabricActor.Connected(new Connection(1, 2, new("127.0.0.1", 40000), connect.Target, pod, 65536, null), connect.Tag));
        client.Sends("GET / HTTP/1.1\r\n\r\n");
        Encoding.ASCII.GetString(pod.ExpectMsg<Connection.Data>().Bytes.Span).ShouldBe("GET / HTTP/1.1\r\n\r\n");
        pump.Tell(new Connection.Data(1, Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n")));
        pump.Tell(new Connection.Finish(1));
        AwaitAssert(() => client.Received.ShouldBe("HTTP/1.1 200 OK\r\n\r\n"));
        AwaitAssert(() => client.Finished.ShouldBeTrue());
        Watch(pump);
        client.Closes();
        ExpectTerminated(pump);
        client.Disposed.ShouldBeTrue();
    }

    [Fact]
    public void A_client_of_a_Service_without_endpoints_is_hung_up_on()
    {
        var actor = Actor();
        actor.Tell(new NodePortsActor.NodeUp("a", "172.18.0.2"));
        actor.Tell(View(30080));
        AwaitAssert(() => _ports.Open.ShouldNotBeEmpty());
        var client = new FakeClient();
        _ports.Open[30080](client);
        var connect = _fabric.ExpectMsg<FabricActor.Connect>();
        _fabric.LastSender.Tell(new FabricActor.Refused(connect.Target, connect.Tag));
        AwaitAssert(() => client.Disposed.ShouldBeTrue());
    }

    private sealed class FakePorts : IPortListener
    {
        public System.Collections.Concurrent.ConcurrentDictionary<int, Action<IClientConnection>> Open { get; } = new();

        public System.Collections.Concurrent.ConcurrentDictionary<int, bool> InUse { get; } = new();

        public System.Collections.Concurrent.ConcurrentDictionary<int, int> Tries { get; } = new();

        public IDisposable Listen(IPEndPoint address, Action<IClientConnection> accepted)
        {
            Tries.AddOrUpdate(address.Port, 1, (_, tries) => tries + 1);
            if (InUse.ContainsKey(address.Port)) throw new SocketException((int)SocketError.AddressAlreadyInUse);
            Open[address.Port] = accepted;
            return new Closer(() => Open.TryRemove(address.Port, out _));
        }

        private sealed class Closer(Action close) : IDisposable
        {
            public void Dispose() => close();
        }
    }

    private sealed class FakeClient : IClientConnection
    {
        private readonly Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();
        private readonly StringBuilder _received = new();

        public string Client => "127.0.0.1";

        public string Received
        {
            get
            {
                lock (_received) return _received.ToString();
            }
        }

        public bool Finished { get; private set; }

        public bool Disposed { get; private set; }

        public void Sends(string text) => _sent.Writer.TryWrite(Encoding.ASCII.GetBytes(text));

        public void Closes() => _sent.Writer.TryComplete();

        public async ValueTask<int> Read(Memory<byte> buffer)
        {
            if (!await _sent.Reader.WaitToReadAsync() || !_sent.Reader.TryRead(out var bytes)) return 0;
            bytes.CopyTo(buffer);
            return bytes.Length;
        }

        public ValueTask Write(ReadOnlyMemory<byte> bytes)
        {
            lock (_received) _received.Append(Encoding.ASCII.GetString(bytes.Span));
            return ValueTask.CompletedTask;
        }

        public void Finish() => Finished = true;

        public void Dispose() => Disposed = true;
    }
}
