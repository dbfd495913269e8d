using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Nodes;
using AkkaKube.Network;
using AkkaKube.Tests;

namespace AkkaKube.Kubelet.Tests.Nodes;

public class NodeDirectoryTests : TestKit
{
    private readonly TestProbe _api;
    private readonly TestProbe _region;

    public NodeDirectoryTests()
        : base(ReferenceConf.With("akkakube.seed = 1, akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        _api = CreateTestProbe("api");
        _region = CreateTestProbe("region");
    }

    private void Advance(double seconds) => ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));

    private (IActorRef Directory, Watch Watch) Start(int own, params Node[] there)
    {
        var directory = Sys.ActorOf(NodeDirectory.Props(_api, _region, KubeletSettings.From(Sys.Settings.Config), NetworkSettings.From(Sys.Settings.Config), own));
        var watch = _api.FishForMessage<Watch>(w => w.Resource == GroupVersionResource.Nodes);
        directory.Tell(new WatchEvents(watch.Tag,
        [
            .. there.Select(n => new WatchEvent(WatchEventType.Added, ApiObject.Of(n))),
            new WatchEvent(WatchEventType.Bookmark, ApiObject.Of(new Node { Metadata = new ObjectMeta { ResourceVersion = "9", Annotations = ValueMap.Of(("k8s.io/initial-events-end", "true")) } })),
        ]));
        return (directory, watch);
    }

    private static Node Machine(string name, string? ip = "172.18.0.2", string? block = "10.128.0.0/24", string? power = null, string version = "3") => new()
    {
        Metadata = new ObjectMeta { Name = name, Uid = "uid-" + name, ResourceVersion = version, Annotations = power is null ? ValueMap<string>.Empty : ValueMap.Of((NodePower.Annotation, power)) },
        Spec = new NodeSpec { PodCIDR = block },
        Status = new NodeStatus { Addresses = ip is null ? [] : [new NodeAddress { Type = "InternalIP", Address = ip }] },
    };

    private static void Tell(IActorRef directory, Watch watch, WatchEventType type, Node node) => directory.Tell(new WatchEvents(watch.Tag, [new WatchEvent(type, ApiObject.Of(node))]));

    private void AnswerMade(string? made)
    {
        var get = _api.FishForMessage<Get>(g => g.Resource == GroupVersionResource.Namespaces);
        var space = new Namespace { Metadata = new ObjectMeta { Name = "kube-system", Annotations = made is null ? ValueMap<string>.Empty : ValueMap.Of((NodeDirectory.MadeAnnotation, made)) } };
        _api.Reply(new Succeeded(get.Tag, ApiObject.Of(space), []));
    }

    [Fact]
    public void The_clusters_own_nodes_are_made_where_they_are_missing_and_that_is_noted()
    {
        Start(own: 3, Machine("node-2"));
        AnswerMade(null);
        var creates = new[] { _api.FishForMessage<Create>(_ => true), _api.FishForMessage<Create>(_ => true) };
        var directory = _api.LastSender;
        creates.Select(c => c.Object.Object!.Metadata.Name).ShouldBe(["node-1", "node-3"]);
        var node = (Node)creates[0].Object.Object!;
        (creates[0].User.Name, node.Spec.PodCIDR, node.Status.Addresses[0].Address).ShouldBe(("system:node:node-1", "10.128.1.0/24", "172.18.0.3"));
        directory.Tell(new Succeeded(creates[0].Tag, ApiObject.Of(node), []));
        directory.Tell(new Failed(creates[1].Tag, new Api.Meta.V1.Status { Code = 409 }));
        var patch = _api.FishForMessage<Patch>(p => p.Resource == GroupVersionResource.Namespaces);
        Encoding.UTF8.GetString(patch.Body.Span).ShouldBe("""{"metadata":{"annotations":{"akkakube.io/nodes":"3"}}}""");
    }

    [Fact]
    public void A_successor_makes_no_node_again_that_a_client_has_deleted()
    {
        Start(own: 4, Machine("node-1"), Machine("node-2", "172.18.0.3", "10.128.1.0/24"));
        AnswerMade("3");
        _api.FishForMessage<Create>(_ => true).Object.Object!.Metadata.Name.ShouldBe("node-4");
        _api.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_node_that_could_not_be_made_is_tried_again()
    {
        Start(own: 1);
        AnswerMade(null);
        var create = _api.FishForMessage<Create>(_ => true);
        _api.Reply(new Failed(create.Tag, new Api.Meta.V1.Status { Code = 503, Message = "no shard" }));
        AwaitAssert(() =>
        {
            Advance(1);
            _api.FishForMessage<Create>(_ => true, TimeSpan.FromMilliseconds(100));
        });
    }

    [Fact]
    public void The_region_is_told_of_every_kubelet_that_should_run_at_once_and_now_and_then()
    {
        var (directory, watch) = Start(0, Machine("a"), Machine("off", "172.18.0.3", "10.128.1.0/24", NodePower.Off), Machine("bare", null, null));
        _region.ExpectMsg<KubeletEntity.Run>().Node.ShouldBe("a");
        Tell(directory, watch, WatchEventType.Added, Machine("b", "172.18.0.9", "10.128.2.0/24"));
        _region.ExpectMsg<KubeletEntity.Run>().Node.ShouldBe("b");
        Tell(directory, watch, WatchEventType.Modified, Machine("b", "172.18.0.9", "10.128.2.0/24", version: "12"));
        _region.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Advance(30);
        _region.ReceiveN(2).Cast<KubeletEntity.Run>().Select(r => r.Node).ShouldBe(["a", "b"]);
        directory.Tell(new NodesActor.GetRunning(), TestActor);
        ExpectMsg<NodesActor.Running>().Nodes.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_node_without_an_address_gets_one_that_nobody_has()
    {
        Start(0, Machine("a"), Machine("b", ip: null), Machine("c", "172.18.0.3"), Machine("twin", "172.18.0.2"));
        var patches = new[] { _api.FishForMessage<Patch>(_ => true), _api.FishForMessage<Patch>(_ => true) };
        patches.Select(p => p.Name).ShouldBe(["b", "twin"]);
        patches.Select(p => Encoding.UTF8.GetString(p.Body.Span)).ShouldBe(
        [
            """{"metadata":{"annotations":{"akkakube.io/node-ip":"172.18.0.4"}}}""",
            """{"metadata":{"annotations":{"akkakube.io/node-ip":"172.18.0.5"}}}""",
        ]);
    }

    [Fact]
    public void Power_is_noted_with_the_Node_object_where_a_successor_finds_it()
    {
        var (directory, watch) = Start(0, Machine("a"));
        directory.Tell(new NodesActor.StopNode("a"));
        directory.Tell(new NodesActor.StopNode("nowhere"));
        var off = _api.FishForMessage<Patch>(_ => true);
        (off.Name, Encoding.UTF8.GetString(off.Body.Span)).ShouldBe(("a", """{"metadata":{"annotations":{"akkakube.io/power":"off"}}}"""));
        directory.Tell(new NodesActor.GetRunning(), TestActor);
        ExpectMsg<NodesActor.Running>().Nodes.ShouldBeEmpty();
        _api.Reply(new Failed(off.Tag, new Api.Meta.V1.Status { Code = 503, Message = "no shard" }));
        AwaitAssert(() =>
        {
            Advance(1);
            off = _api.FishForMessage<Patch>(_ => true, TimeSpan.FromMilliseconds(100));
        });
        var dark = Machine("a", power: NodePower.Off, version: "10");
        _api.Reply(new Succeeded(off.Tag, ApiObject.Of(dark), []));
        Tell(directory, watch, WatchEventType.Modified, dark);
        Sys.Stop(directory);

        (directory, watch) = Start(0, dark);
        directory.Tell(new NodesActor.GetRunning(), TestActor);
        ExpectMsg<NodesActor.Running>().Nodes.ShouldBeEmpty();
        directory.Tell(new NodesActor.StartNode("a"));
        Encoding.UTF8.GetString(_api.FishForMessage<Patch>(_ => true).Body.Span).ShouldBe("""{"metadata":{"annotations":{"akkakube.io/power":"booting"}}}""");
        while (_region.HasMessages) _region.ReceiveOne(TimeSpan.Zero);
        Tell(directory, watch, WatchEventType.Modified, Machine("a", power: NodePower.Booting, version: "11"));
        _region.ExpectMsg<KubeletEntity.Run>().Node.ShouldBe("a");
    }

    [Fact]
    public void What_is_asked_before_it_knows_the_nodes_is_done_when_it_does()
    {
        var directory = Sys.ActorOf(NodeDirectory.Props(_api, _region, KubeletSettings.From(Sys.Settings.Config), NetworkSettings.From(Sys.Settings.Config), 0));
        directory.Tell(new NodesActor.StopNode("a"));
        var watch = _api.FishForMessage<Watch>(w => w.Resource == GroupVersionResource.Nodes);
        directory.Tell(new WatchEvents(watch.Tag,
        [
            new WatchEvent(WatchEventType.Added, ApiObject.Of(Machine("a"))),
            new WatchEvent(WatchEventType.Bookmark, ApiObject.Of(new Node { Metadata = new ObjectMeta { ResourceVersion = "9", Annotations = ValueMap.Of(("k8s.io/initial-events-end", "true")) } })),
        ]));
        _api.FishForMessage<Patch>(_ => true).Name.ShouldBe("a");
    }
}
