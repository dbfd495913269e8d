using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Fabric;
using AkkaKube.Kubelet.Probes;
using AkkaKube.Tests;

namespace AkkaKube.Kubelet.Tests.Probes;

public class ConnectionCheckTests : TestKit
{
    private static readonly SocketAddress Target = new("10.128.0.2", 8080);
    private readonly TestProbe _fabric;
    private readonly TestProbe _server;

    public ConnectionCheckTests()
        : base(ReferenceConf.With("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        _fabric = CreateTestProbe();
        _server = CreateTestProbe();
    }

    private IActorRef Check(bool http)
    {
        var request = http ? new ConnectionCheck.HttpRequest("HTTP", "10.128.0.2:8080", "/healthz", [new("X-Probe", "yes")]) : null;
        return Sys.ActorOf(ConnectionCheck.Props(new ConnectionCheck.Check("172.18.0.2", Target, request, TimeSpan.FromSeconds(1), "tag"), _fabric, TestActor));
    }

    private string Answer(bool http, string? answer)
    {
        var check = Check(http);
        var connect = _fabric.ExpectMsg<FabricActor.Connect>();
        connect.SourceIp.ShouldBe("172.18.0.2");
        connect.Target.ShouldBe(Target);
        if (answer is null) check.Tell(new FabricActor.Refused(Target, connect.Tag));
        else
        {
            check.Tell(new FabricActor.Connected(new Connection(1, 2, new("172.18.0.2", 40000), Target, _server, 65536, null), connect.Tag));
            if (http)
            {
                Encoding.ASCII.GetString(_server.ExpectMsg<Connection.Data>().Bytes.Span).ShouldBe(
                    "GET /healthz HTTP/1.1\r\nHost: 10.128.0.2:8080\r\nUser-Agent: kube-probe/1.36\r\nAccept: */*\r\nX-Probe: yes\r\nConnection: close\r\n\r\n");
                check.Tell(new Connection.Data(1, Encoding.ASCII.GetBytes(answer)));
                check.Tell(new Connection.Finish(1));
            }
        }
        var result = ExpectMsg<ConnectionCheck.Checked>();
        result.Tag.ShouldBe("tag");
        return result.Success ? "ok" : result.Output;
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "ok")]
    [InlineData("HTTP/1.1 302 Found\r\n\r\n", "ok")]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", "HTTP probe failed with statuscode: 404")]
    [InlineData("HTTP/1.0 500 Oops\r\n\r\n", "HTTP probe failed with statuscode: 500")]
    [InlineData(null, "Get \"http://10.128.0.2:8080/healthz\": dial tcp 10.128.0.2:8080: connect: connection refused")]
    [InlineData("", "Get \"http://10.128.0.2:8080/healthz\": EOF")]
    public void An_HTTP_check_succeeds_with_a_status_from_200_to_399(string? answer, string outcome) => Answer(http: true, answer).ShouldBe(outcome);

    [Theory]
    [InlineData("", "ok")]
    [InlineData(null, "dial tcp 10.128.0.2:8080: connect: connection refused")]
    public void A_TCP_check_succeeds_when_somebody_listens(string? answer, string outcome) => Answer(http: false, answer).ShouldBe(outcome);

    [Theory]
    [InlineData(true, "Get \"http://10.128.0.2:8080/healthz\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)")]
    [InlineData(false, "dial tcp 10.128.0.2:8080: i/o timeout")]
    public void A_check_that_takes_too_long_has_failed(bool http, string outcome)
    {
        Check(http);
        _fabric.ExpectMsg<FabricActor.Connect>();
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(1));
        ExpectMsg<ConnectionCheck.Checked>().Output.ShouldBe(outcome);
    }
}
