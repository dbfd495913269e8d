using Akka.Actor;
using AkkaKube.Tests;
using AkkaKube.Wire;
using static AkkaKube.Fabric.FabricActor;

namespace AkkaKube.Fabric.Tests;

public class FabricWireTests : VirtualTime
{
    [Fact]
    public void Every_message_of_the_fabric_is_either_named_on_the_wire_or_said_to_stay()
    {
        var named = FabricWire.Manifest.Select(m => m.Value).Concat(FabricWire.Manifest.StaysHere.Keys).ToHashSet();
        typeof(FabricActor).GetNestedTypes().Concat(typeof(Connection).GetNestedTypes())
            .Where(t => t is { IsEnum: false, IsAbstract: false } && t != typeof(PeerAddress)).Where(t => !named.Contains(t)).ShouldBeEmpty();
    }

    [Fact]
    public void What_crosses_hosts_comes_over_as_it_was()
    {
        var names = new WireNames(FabricWire.Manifest);
        var address = new SocketAddress("10.0.0.1", 80);
        object[] messages =
        [
            new PeerTable(3, [new PeerAddress("10.0.0.1", "node-1")]),
            new PeerChanged(4, [new PeerAddress("10.0.0.2", "node-2")], ["10.0.0.1"]),
            new PeerVersion(4),
            new AskPeerTable(),
            new Across(2, new Connect("10.0.0.1", address) { Tag = 5L, Timeout = TimeSpan.FromSeconds(3) }, TestActor, TestActor, null, address, address with { Port = 81 }, true),
            new Across(2, new Connect("10.0.0.1", address) { Tag = "t" }, TestActor, TestActor, TestActor, address, address, false),
            new AcrossTaken(2),
            new AcrossRefused(2),
            new AcrossUnanswered(2),
            new Connected(new Connection(2, 3, address, address, TestActor, 65536, null), 7L),
            new Refused(address, null),
            new TimedOut(address, "t"),
            new Connection.Credit(3, 100),
            new Connection.Finish(3),
            new Connection.Reset(3),
        ];
        foreach (var message in messages[2..]) Journey(message).ToString().ShouldBe(message.ToString());
        ((PeerChanged)Journey(messages[1])).ShouldSatisfyAllConditions(c => c.Version.ShouldBe(4), c => c.Attached.Single().Node.ShouldBe("node-2"), c => c.Detached.ShouldBe(["10.0.0.1"]));
        ((Connection.Data)Journey(new Connection.Data(9, new byte[] { 1, 2, 3 }))).ShouldSatisfyAllConditions(d => d.To.ShouldBe(9), d => d.Bytes.ToArray().ShouldBe([1, 2, 3]));
        ((PeerTable)Journey(messages[0])).Addresses.ShouldBe([new PeerAddress("10.0.0.1", "node-1")]);
        ((Across)Journey(messages[5])).Wire.ShouldBe(TestActor);

        object Journey(object message)
        {
            var codec = RecordCodec.Of(message.GetType());
            return codec.Decode(codec.Encode(message, names, r => r.Path.ToSerializationFormat()), names, _ => TestActor);
        }
    }
}
