using AkkaKube.Kubelet.Logs;
using AkkaKube.Wire;

namespace AkkaKube.Kubelet.Tests;

public class KubeletWireTests
{
    private static readonly Type[] Spoken = [typeof(KubeletEntity), typeof(KubeletHost), typeof(NodesActor), typeof(NodeDirectory), typeof(LogGate)];

    [Fact]
    public void Every_message_that_others_say_is_either_named_on_the_wire_or_said_to_stay()
    {
        var named = KubeletWire.Manifest.Select(m => m.Value).Concat(KubeletWire.Manifest.StaysHere.Keys).ToHashSet();
        Spoken.SelectMany(t => t.GetNestedTypes(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            .Where(t => !t.IsNestedPrivate && !named.Contains(t)).ShouldBeEmpty();
    }

    [Fact]
    public void What_crosses_hosts_comes_over_as_it_was()
    {
        var names = new WireNames(KubeletWire.Manifest);
        object[] messages = [new KubeletEntity.Run("node-1"), new NodesActor.StartNode("a"), new NodesActor.StopNode("b"), new NodesActor.GetRunning()];
        foreach (var message in messages) Journey(message).ShouldBe(message);
        ((NodesActor.Running)Journey(new NodesActor.Running(["a", "b"]))).Nodes.ShouldBe(["a", "b"]);

        object Journey(object message)
        {
            var codec = RecordCodec.Of(message.GetType());
            return codec.Decode(codec.Encode(message, names, _ => ""), names, _ => Akka.Actor.ActorRefs.Nobody);
        }
    }
}
