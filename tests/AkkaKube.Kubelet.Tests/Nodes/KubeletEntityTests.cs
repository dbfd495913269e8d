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
using AkkaKube.Network.NodePorts;
using AkkaKube.Runtime;
using AkkaKube.Tests;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Nodes;

/// <summary>One host of several, and the entities that are on it.</summary>
public class KubeletEntityTests : TestKit
{
    private readonly TestProbe _api;
    private readonly TestProbe _runtime;
    private readonly TestProbe _nodePorts;
    private readonly TestProbe _shard;
    private readonly IActorRef _host;
    private readonly Watch _watch;

    public KubeletEntityTests()
        : base(ReferenceConf.With("akkakube.seed = 1, akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        _api = CreateTestProbe("api");
        _runtime = CreateTestProbe("runtime");
        _nodePorts = CreateTestProbe("ports");
        _shard = CreateTestProbe("shard");
        var runtime = (IActorRef)_runtime;
        _host = Sys.ActorOf(KubeletHost.Props(new KubeletServices
        {
            ApiServer = _api,
            Fabric = CreateTestProbe(),
            Services = CreateTestProbe(),
            NodePorts = _nodePorts,
            Runtime = _ => Props.Create(() => new Relay(runtime)),
            Settings = KubeletSettings.From(Sys.Settings.Config),
            Network = NetworkSettings.From(Sys.Settings.Config),
        }));
        _watch = _api.FishForMessage<Watch>(w => w.Resource == GroupVersionResource.Nodes);
    }

    private static Node Machine(string? power = null, string uid = "n1", string version = "3", string? ip = "172.18.0.2", string? block = "10.128.0.0/24")
    {
        var node = Objects.Node();
        return node with
        {
            Metadata = node.Metadata with { Uid = uid, ResourceVersion = version, Annotations = power is null ? ValueMap<string>.Empty : ValueMap.Of((NodePower.Annotation, power)) },
            Spec = new NodeSpec { PodCIDR = block, ProviderID = "akkakube://node-1" },
            Status = node.Status with
            {
                Addresses = ip is null ? [] : [new NodeAddress { Type = "InternalIP", Address = ip }],
                Conditions = [new NodeCondition { Type = "Ready", Status = "True" }],
                Images = [new ContainerImage { Names = ["docker.io/library/nginx@sha256:1", "docker.io/library/nginx:1"] }],
            },
        };
    }

    private void Sync(params Node[] nodes) => _host.Tell(new WatchEvents(_watch.Tag,
    [
        .. nodes.Select(n => new WatchEvent(WatchEventType.Added, ApiObject.Of(n))),
        End("9"),
    ]));

    private static WatchEvent End(string version) =>
        new(WatchEventType.Bookmark, ApiObject.Of(new Node { Metadata = new ObjectMeta { ResourceVersion = version, Annotations = ValueMap.Of(("k8s.io/initial-events-end", "true")) } }));

    private void Change(WatchEventType type, Node node) => _host.Tell(new WatchEvents(_watch.Tag, [new WatchEvent(type, ApiObject.Of(node))]));

    private IActorRef Entity()
    {
        var (host, shard) = (_host, (IActorRef)_shard);
        return Sys.ActorOf(Props.Create(() => new Shard(KubeletEntity.Props("node-1", host, "passivate"), shard)));
    }

    /// <summary>The watch of the kubelet's pods; the kubelet is its sender.</summary>
    private Watch Pods() => _api.FishForMessage<Watch>(w => w.FieldSelector == "spec.nodeName=node-1");

    private void Advance(double seconds) => ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void A_kubelet_comes_up_with_what_its_Node_object_says_and_asks_nobody()
    {
        Sync(Machine());
        Entity();
        Pods();
        _runtime.ExpectMsg<ContainerRuntime.TakeOver>().Images.ShouldBe(["docker.io/library/nginx:1"]);
        _nodePorts.ExpectMsg<NodePortsActor.NodeUp>().ShouldBe(new NodePortsActor.NodeUp("node-1", "172.18.0.2"));
    }

    [Fact]
    public void It_renews_its_lease_at_once_and_announces_nothing_where_the_lease_was_there()
    {
        Sync(Machine());
        Entity();
        Pods();
        var kubelet = _api.LastSender;
        Advance(2);
        var renew = _api.FishForMessage<Patch>(p => p.Resource == GroupVersionResource.Leases);
        kubelet.Tell(new Succeeded(renew.Tag, ApiObject.Of(new Api.Coordination.V1.Lease()), []));
        _api.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Addresses_of_pods_that_stand_are_theirs_before_a_new_pod_gets_one()
    {
        Sync(Machine());
        Entity();
        var watch = Pods();
        var kubelet = _api.LastSender;
        var fresh = Pod(Container());
        var standing = fresh with
        {
            Metadata = fresh.Metadata with { Name = "old", Uid = "u2" },
            Status = PodStatusOf(fresh),
        };
        kubelet.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Added, ApiObject.Of(fresh)), new WatchEvent(WatchEventType.Added, ApiObject.Of(standing))]));
        kubelet.Tell(new KubeletActor.TakeAddress("nobody", false, null), TestActor);
        // Until the whole list is there no pod has a worker.
        ExpectMsg<Kubelet.Pods.PodWorker.AddressTaken>().Ip.ShouldBe("10.128.0.2");
        kubelet.Tell(new KubeletActor.ReleaseAddress("nobody"));
        kubelet.Tell(new WatchEvents(watch.Tag, [End("12")]));
        kubelet.Tell(new KubeletActor.TakeAddress("u2", false, "10.128.0.3"), TestActor);
        ExpectMsg<Kubelet.Pods.PodWorker.AddressTaken>().Ip.ShouldBe("10.128.0.3");
        kubelet.Tell(new KubeletActor.TakeAddress("u1", false, null), TestActor);
        ExpectMsg<Kubelet.Pods.PodWorker.AddressTaken>().Ip.ShouldNotBe("10.128.0.3");
    }

    private static PodStatus PodStatusOf(Pod pod) =>
        Kubelet.Pods.PodStatuses.Of(pod, Run(pod, "r") with { PodIp = "10.128.0.3" }, new PodStatus(), "172.18.0.2", T0);

    [Fact]
    public void A_node_that_is_switched_off_or_not_there_has_no_kubelet_and_its_entity_goes_after_a_while()
    {
        Sync(Machine(power: NodePower.Off));
        var entity = Entity();
        entity.Tell(new ReadLog("web") { Node = "node-1", User = new UserInfo("u", []), Tag = 1 });
        ExpectMsg<Failed>().Status.Message!.ShouldContain("not reachable");
        _shard.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Advance(5);
        _shard.ExpectMsg("passivate");
    }

    [Fact]
    public void Switched_off_it_stops_and_switched_on_it_boots_and_notes_that_when_it_is_up()
    {
        Sync(Machine());
        Entity();
        Pods();
        var first = Watch(_api.LastSender);
        Change(WatchEventType.Modified, Machine(power: NodePower.Off, version: "10"));
        ExpectTerminated(first);
        Change(WatchEventType.Modified, Machine(power: NodePower.Booting, version: "11"));
        var watch = Pods();
        var kubelet = _api.LastSender;
        // The pod ran before: it has ended with the machine.
        var pod = Pod(Container());
        kubelet.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Added, ApiObject.Of(pod with { Status = PodStatusOf(pod) })), End("12")]));
        Encoding.UTF8.GetString(_api.FishForMessage<Patch>(p => p.Resource == GroupVersionResource.Pods).Body.Span).ShouldContain("\"exitCode\":255");
        AwaitAssert(() =>
        {
            Advance(10);
            Encoding.UTF8.GetString(_api.FishForMessage<Patch>(p => p.Resource == GroupVersionResource.Nodes, TimeSpan.FromMilliseconds(200)).Body.Span)
                .ShouldBe("""{"metadata":{"annotations":{"akkakube.io/power":null}}}""");
        });
    }

    [Fact]
    public void Another_Node_object_of_the_same_name_is_another_machine()
    {
        Sync(Machine());
        Entity();
        Pods();
        var first = Watch(_api.LastSender);
        Change(WatchEventType.Deleted, Machine(version: "10"));
        Change(WatchEventType.Added, Machine(uid: "n2", version: "11"));
        ExpectTerminated(first);
        Pods();
        _nodePorts.ReceiveN(3).ShouldBe([new NodePortsActor.NodeUp("node-1", "172.18.0.2"), new NodePortsActor.NodeDown("node-1"), new NodePortsActor.NodeUp("node-1", "172.18.0.2")]);
    }

    [Fact]
    public void It_waits_for_an_address_and_a_pod_network()
    {
        Sync(Machine(ip: null, block: null));
        var entity = Entity();
        Change(WatchEventType.Modified, Machine(ip: null, version: "10"));
        Advance(60);
        _shard.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Change(WatchEventType.Modified, Machine(version: "11"));
        Pods();
        _api.LastSender.Path.Parent.ShouldBe(entity.Path.Child("entity"));
    }

    [Fact]
    public void At_a_hand_off_it_stops_without_a_word()
    {
        Sync(Machine());
        var shard = Entity();
        var watch = Pods();
        var kubelet = _api.LastSender;
        var pod = Pod(Container());
        kubelet.Tell(new WatchEvents(watch.Tag, [new WatchEvent(WatchEventType.Added, ApiObject.Of(pod with { Status = PodStatusOf(pod) })), End("12")]));
        AwaitAssert(() => Sys.ActorSelection(kubelet.Path + "/*").Tell(new Identify(1), TestActor));
        Watch(shard);
        shard.Tell(KubeletEntity.HandOff.Instance);
        FishForMessage<Terminated>(t => t.ActorRef.Equals(shard));
        while (_api.HasMessages) _api.ExpectMsg<ApiRequest>().ShouldNotBeAssignableTo<Patch>();
    }

    [Fact]
    public void A_kubelet_that_fails_is_started_again_and_takes_its_pods_over()
    {
        Sync(Machine());
        Entity();
        Pods();
        var kubelet = _api.LastSender;
        _runtime.ExpectMsg<ContainerRuntime.TakeOver>();
        Sys.Stop(kubelet);
        AwaitAssert(() =>
        {
            Advance(1);
            _api.FishForMessage<Watch>(w => w.FieldSelector == "spec.nodeName=node-1", TimeSpan.FromMilliseconds(200));
        });
        _runtime.FishForMessage<ContainerRuntime.TakeOver>(_ => true);
    }

    /// <summary>Stands where the runtime is.</summary>
    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef probe) => ReceiveAny(m => probe.Forward(m));
    }

    /// <summary>Stands where the shard is: hands on what is for the entity, and tells what the entity says; it stops with the entity.</summary>
    private sealed class Shard : ReceiveActor
    {
        public Shard(Props entity, IActorRef probe)
        {
            var child = Context.Watch(Context.ActorOf(entity, "entity"));
            Receive<Terminated>(_ => Context.Stop(Self));
            ReceiveAny(m =>
            {
                if (Sender.Equals(child)) probe.Forward(m);
                else child.Forward(m);
            });
        }
    }
}
