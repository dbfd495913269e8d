using AkkaKube.Tests;
using static AkkaKube.Fabric.FabricActor;

namespace AkkaKube.Fabric.Tests;

public class LatencyTests : VirtualTime
{
    [Fact]
    public void With_a_latency_a_connection_takes_a_round_trip_and_a_segment_half_of_one()
    {
        var fabric = Sys.ActorOf(Props(FabricSettings.From(ReferenceConf.With("akkakube.fabric.latency = 10ms")), new Random(1)));
        var server = CreateTestProbe();
        server.Send(fabric, new Attach("10.0.0.2", "b", server));
        server.Send(fabric, new Listen(new SocketAddress("10.0.0.2", 80), server));
        Advance();
        server.ExpectMsg<Attached>();
        server.ExpectMsg<Listening>();
        fabric.Tell(new Connect("10.0.0.1", new SocketAddress("10.0.0.2", 80)), TestActor);
        Advance(0.009);
        server.HasMessages.ShouldBeFalse();
        Advance(0.001);
        var accepted = server.ExpectMsg<Incoming>().Accept(server);
        Advance(0.010);
        var stream = new FabricStream(ExpectMsg<Connected>().Connection, TestActor, fabric);
        foreach (var letter in "abc") stream.Write(new[] { (byte)letter });
        Advance(0.009);
        server.HasMessages.ShouldBeFalse();
        Advance(0.001);
        for (var i = 0; i < 3; i++) accepted.Handle(server.ExpectMsg<Connection.Data>());
        new[] { accepted.Take().Span[0], accepted.Take().Span[0], accepted.Take().Span[0] }.ShouldBe("abc"u8.ToArray());
    }
}
