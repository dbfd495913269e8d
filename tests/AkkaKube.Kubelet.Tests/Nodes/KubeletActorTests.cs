using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Fabric;
using AkkaKube.Network;
using AkkaKube.Runtime;
using AkkaKube.Tests;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Nodes;

public class KubeletActorTests : TestKit
{
    private readonly TestProbe _api;
    private readonly TestProbe _fabric;
    private readonly TestProbe _services;
    private readonly TestProbe _runtime;

    public KubeletActorTests()
        : base(ReferenceConf.With("akkakube.seed = 1, akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        _api = CreateTestProbe();
        _fabric = CreateTestProbe();
        _services = CreateTestProbe();
        _runtime = CreateTestProbe();
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    private IActorRef Nodes(int own)
    {
        var runtime = (IActorRef)_runtime;
        return Sys.ActorOf(NodesActor.Props(
            new KubeletServices
            {
                ApiServer = _api,
                Fabric = _fabric,
                Services = _services,
                Runtime = _ => Props.Create(() => new Relay(runtime)),
                Settings = KubeletSettings.From(Sys.Settings.Config),
                Network = NetworkSettings.From(Sys.Settings.Config),
            },
            own));
    }

    private T Next<T>(Predicate<T>? condition = null)
        where T : ApiRequest => _api.FishForMessage<T>(m => condition?.Invoke(m) ?? true);

    private Watch SyncNodes(IActorRef nodes, params Node[] there)
    {
        var watch = Next<Watch>(w => w.Resource == GroupVersionResource.Nodes);
        nodes.Tell(new WatchEvents(watch.Tag,
        [
            .. there.Select(n => new WatchEvent(WatchEventType.Added, ApiObject.Of(n))),
            new WatchEvent(WatchEventType.Bookmark, ApiObject.Of(new Node { Metadata = new ObjectMeta { ResourceVersion = "9", Annotations = ValueMap.Of(("k8s.io/initial-events-end", "true")) } })),
        ]));
        return watch;
    }

    [Fact]
    public void A_nodes_own_kubelet_registers_it_as_a_healthy_machine()
    {
        SyncNodes(Nodes(own: 2));
        // The two come in no particular order.
        var creates = new[] { Next<Create>(c => c.Resource == GroupVersionResource.Nodes), Next<Create>(c => c.Resource == GroupVersionResource.Nodes) };
        var create = creates.MinBy(c => c.Object.Object!.Metadata.Name)!;
        creates.Max(c => c.Object.Object!.Metadata.Name).ShouldBe("node-2");
        var node = (Node)create.Object.Object!;
        create.User.Name.ShouldBe("system:node:" + node.Metadata.Name);
        node.Metadata.Name.ShouldBe("node-1");
        node.Metadata.Labels["kubernetes.io/hostname"].ShouldBe("node-1");
        node.Spec.PodCIDR.ShouldNotBeNullOrEmpty();
        node.Status.Capacity["cpu"].ShouldBe(Quantity.Parse("8"));
        node.Status.NodeInfo.KubeletVersion.ShouldBe("v1.36.2+akkakube");
        node.Status.Conditions.Select(c => $"{c.Type}={c.Status}/{c.Reason}").ShouldBe(
            ["MemoryPressure=False/KubeletHasSufficientMemory", "DiskPressure=False/KubeletHasNoDiskPressure", "PIDPressure=False/KubeletHasSufficientPID", "Ready=True/KubeletReady"]);
        _fabric.FishForMessage<FabricActor.Attach>(a => a.Ip == node.Status.Addresses[0].Address).Node.ShouldBe("node-1");
    }

    [Fact]
    public void A_kubelet_renews_its_lease_every_ten_seconds_and_makes_it_where_it_is_missing()
    {
        SyncNodes(Nodes(own: 0), Node());
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        Clock.Advance(TimeSpan.FromSeconds(10));
        var renew = Next<Patch>(p => p.Resource == GroupVersionResource.Leases);
        renew.Namespace.ShouldBe("kube-node-lease");
        var kubelet = _api.LastSender;
        kubelet.Tell(new Failed(renew.Tag, new Api.Meta.V1.Status { Code = 404 }));
        var create = Next<Create>(c => c.Resource == GroupVersionResource.Leases);
        var lease = (Lease)create.Object.Object!;
        (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds).ShouldBe(("node-1", 40));
        kubelet.Tell(new Succeeded(create.Tag, ApiObject.Of(lease), []));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Encoding.UTF8.GetString(Next<Patch>(p => p.Resource == GroupVersionResource.Leases).Body.Span).ShouldContain("renewTime");
    }

    [Fact]
    public void A_Node_that_a_client_made_with_a_Ready_condition_is_not_written_to()
    {
        var node = Node();
        node = node with { Status = node.Status with { Conditions = [new NodeCondition { Type = "Ready", Status = "True", Reason = "KubeletReady" }] } };
        SyncNodes(Nodes(own: 0), node);
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        Clock.Advance(TimeSpan.FromSeconds(60));
        Next<Patch>(p => p.Resource == GroupVersionResource.Leases);
        while (_api.HasMessages) (_api.ExpectMsg<ApiRequest>() is WriteRequest { Resource.Resource: "nodes" }).ShouldBeFalse();
    }

    [Fact]
    public void A_Node_that_a_client_made_without_conditions_keeps_its_size_and_becomes_ready()
    {
        var node = Node(cpu: "2");
        SyncNodes(Nodes(own: 0), node with { Status = node.Status with { Capacity = node.Status.Allocatable } });
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        Clock.Advance(TimeSpan.FromSeconds(3));
        var patch = Next<Patch>(p => p.Resource == GroupVersionResource.Nodes);
        patch.Subresource.ShouldBe(Subresource.Status);
        var body = Encoding.UTF8.GetString(patch.Body.Span);
        body.ShouldContain("kubelet is posting ready status");
        body.ShouldContain("\"cpu\":\"2\"");
    }

    [Fact]
    public void A_node_that_was_declared_dead_says_with_its_next_beat_that_it_is_not()
    {
        var nodes = Nodes(own: 0);
        var node = Node();
        NodeCondition Ready(string status) => new() { Type = "Ready", Status = status };
        var watch = SyncNodes(nodes, node with { Status = node.Status with { Conditions = [Ready("True")] } });
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        Clock.Advance(TimeSpan.FromSeconds(10));
        Next<Patch>(p => p.Resource == GroupVersionResource.Leases);
        var dead = node with { Metadata = node.Metadata with { ResourceVersion = "20" }, Status = node.Status with { Conditions = [Ready("Unknown")] } };
        nodes.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Modified, ApiObject.Of(dead))]));
        AwaitAssert(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            Encoding.UTF8.GetString(_api.FishForMessage<Patch>(p => p.Resource == GroupVersionResource.Nodes, TimeSpan.FromMilliseconds(200)).Body.Span).ShouldContain("kubelet is posting ready status");
        });
    }

    [Fact]
    public void Images_that_were_pulled_show_in_the_status_of_a_node_of_the_products_own()
    {
        var node = Node();
        SyncNodes(Nodes(own: 0), node with { Spec = new NodeSpec { ProviderID = "akkakube://node-1" } });
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        var kubelet = _api.LastSender;
        kubelet.Tell(new KubeletActor.Report(new ObjectReference { Kind = "Pod", Name = "web", Namespace = "default" }, "Normal", "Pulled", "..."));
        Clock.Advance(TimeSpan.FromSeconds(10));
        _runtime.ExpectMsg<ContainerRuntime.ListImages>();
        kubelet.Tell(new ContainerRuntime.Images([new ImageInfo("sha256:1", ["busybox:1"], ["busybox@sha256:2"], 4269694)], null));
        Encoding.UTF8.GetString(Next<Patch>(p => p.Resource == GroupVersionResource.Nodes).Body.Span).ShouldContain("""{"names":["busybox@sha256:2","busybox:1"],"sizeBytes":4269694}""");
    }

    [Fact]
    public void A_pod_that_does_not_fit_fails_with_an_event()
    {
        SyncNodes(Nodes(own: 0), Node(cpu: "1"));
        var watch = Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        _api.LastSender.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Added, ApiObject.Of(Pod(Container().Asking("2"))))]));
        Patch? failed = null;
        Event? e = null;
        while (failed is null || e is null)
        {
            var request = _api.ExpectMsg<ApiRequest>();
            if (request is Patch { Resource.Resource: "pods" } patch) failed = patch;
            else if (request is Create { Object.Object: Event { InvolvedObject.Kind: "Pod" } found }) e = found;
        }
        Encoding.UTF8.GetString(failed.Body.Span).ShouldContain("\"OutOfcpu\"");
        (e.Type, e.Reason, e.Message).ShouldBe(("Warning", "OutOfcpu", "Node didn't have enough resource: cpu, requested: 2000, used: 0, capacity: 1000"));
        (e.Source.Component, e.Source.Host).ShouldBe(("kubelet", "node-1"));
    }

    [Fact]
    public void A_pod_that_ended_before_is_left_alone()
    {
        SyncNodes(Nodes(own: 0), Node());
        var watch = Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        var pod = Pod(Container());
        _api.LastSender.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Added, ApiObject.Of(pod with { Status = new PodStatus { Phase = "Succeeded" } }))]));
        _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        while (_api.HasMessages) _api.ExpectMsg<ApiRequest>().ShouldNotBeAssignableTo<WriteRequest>();
    }

    [Fact]
    public void A_stopped_node_stays_down_until_it_is_started()
    {
        var nodes = Nodes(own: 0);
        SyncNodes(nodes, Node());
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        var kubelet = _api.LastSender;
        Watch(kubelet);
        nodes.Tell(new NodesActor.StopNode("node-1"));
        ExpectTerminated(kubelet);
        AwaitAssert(() =>
        {
            nodes.Tell(new NodesActor.GetRunning(), TestActor);
            ExpectMsg<NodesActor.Running>().Nodes.ShouldBeEmpty();
        });
        nodes.Tell(new NodesActor.StartNode("node-1"));
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
    }

    [Fact]
    public void A_kubelet_that_fails_is_started_again_on_a_machine_that_ran_on()
    {
        var nodes = Nodes(own: 0);
        SyncNodes(nodes, Node());
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        var kubelet = _api.LastSender;
        Watch(kubelet);
        kubelet.Tell(Kill.Instance);
        ExpectTerminated(kubelet);
        AwaitAssert(() =>
        {
            nodes.Tell(new NodesActor.GetRunning(), TestActor);
            ExpectMsg<NodesActor.Running>().Nodes.ShouldBeEmpty();
        });
        Clock.Advance(TimeSpan.FromSeconds(1));
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        _api.LastSender.ShouldNotBe(kubelet);
        nodes.Tell(new NodesActor.GetRunning(), TestActor);
        ExpectMsg<NodesActor.Running>().Nodes.ShouldBe(["node-1"]);
    }

    [Fact]
    public void A_kubelet_goes_with_its_Node_object_and_comes_with_a_new_one()
    {
        var nodes = Nodes(own: 0);
        var watch = SyncNodes(nodes);
        nodes.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Added, ApiObject.Of(Node()))]));
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
        var kubelet = _api.LastSender;
        Watch(kubelet);
        nodes.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Deleted, ApiObject.Of(Node()))]));
        ExpectTerminated(kubelet);
        var second = Node();
        second = second with { Metadata = second.Metadata with { Uid = "n2", ResourceVersion = "12" } };
        nodes.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Added, ApiObject.Of(second))]));
        Next<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");
    }

    /// <summary>Stands where the runtime is.</summary>
    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef probe) => ReceiveAny(m => probe.Forward(m));
    }
}
