using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Fabric;
using AkkaKube.Network.Dns;
using AkkaKube.Network.NodePorts;
using AkkaKube.Network.Proxy;
using AkkaKube.Network.Services;
using AkkaKube.Tests;
using static AkkaKube.Network.Tests.Objects;
using SocketAddress = AkkaKube.Fabric.SocketAddress;

namespace AkkaKube.Network.Tests.NodePorts;

/// <summary>The whole road from a socket of this machine to a pod: node port, kube-proxy, fabric.</summary>
public class NodePortFlowTests : TestKit
{
    private static readonly string[] Pods = ["10.128.0.2", "10.128.1.2", "10.128.1.3"];

    public NodePortFlowTests()
        : base(ReferenceConf.With())
    {
    }

    [Fact]
    public async Task Three_hundred_clients_of_a_node_port_reach_all_three_pods()
    {
        var port = FreePort();
        var fabric = Sys.ActorOf(FabricActor.Props(FabricSettings.From(Sys.Settings.Config), new Random(1)));
        foreach (var pod in Pods) Sys.ActorOf(Props.Create(() => new NamingServer(fabric, pod)));
        var services = Sys.ActorOf(Props.Create(() => new FixedServices(View(port))));
        fabric.Tell(new FabricActor.Attach("172.18.0.2", "a", TestActor), TestActor);
        ExpectMsg<FabricActor.Attached>();
        var ports = Sys.ActorOf(NodePortsActor.Props(fabric, services, NetworkSettings.From(Sys.Settings.Config), new Random(2)));
        Sys.ActorOf(KubeProxy.Props("a", "172.18.0.2", fabric, services, ports));
        await AwaitAssertAsync(async () => (await Ask(port)).ShouldBeOneOf(Pods));
        var answers = new Dictionary<string, int>();
        for (var i = 0; i < 300; i++)
        {
            var answer = await Ask(port);
            answers[answer] = answers.GetValueOrDefault(answer) + 1;
        }
        answers.Keys.Order().ShouldBe(Pods);
        answers.Values.ShouldAllBe(count => count > 60);
    }

    private static ServiceView View(int port) => new(
        RuleTable.Of([ServiceRulesOf.Derive(NodePort("web", port), [Slice("web", [("", 80)], [.. Pods.Select(p => Ready(p, "b"))])])!]), new DnsZone("cluster.local", []), []);

    private static async Task<string> Ask(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        await stream.WriteAsync("who\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Tells one view to whoever subscribes.</summary>
    private sealed class FixedServices : ReceiveActor
    {
        public FixedServices(ServiceView view) => Receive<ServiceWatcher.Subscribe>(_ => Sender.Tell(view));
    }

    /// <summary>A pod's program: answers whatever it hears with its address and closes.</summary>
    private sealed class NamingServer : ReceiveActor
    {
        private readonly Dictionary<long, FabricStream> _open = [];

        public NamingServer(IActorRef fabric, string ip)
        {
            fabric.Tell(new FabricActor.Attach(ip, "b", Self));
            Receive<FabricActor.Attached>(_ => fabric.Tell(new FabricActor.Listen(new SocketAddress(ip, 80), Self)));
            Receive<FabricActor.Listening>(_ => { });
            Receive<FabricActor.Incoming>(incoming => _open[incoming.Connection.Id] = incoming.Accept(Self));
            Receive<Connection.Segment>(segment =>
            {
                if (!_open.TryGetValue(segment.To, out var stream)) return;
                if (stream.Handle(segment) == StreamEvent.Received)
                {
                    stream.Take();
                    stream.Write(Encoding.ASCII.GetBytes(ip));
                    stream.Finish();
                }
                if (stream.IsClosed) _open.Remove(segment.To);
            });
        }
    }
}
