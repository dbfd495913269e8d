using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Fabric;
using AkkaKube.Network.Dns;
using AkkaKube.Network.Proxy;
using AkkaKube.Network.Services;
using AkkaKube.Tests;
using static AkkaKube.Network.Tests.Objects;

namespace AkkaKube.Network.Tests.Services;

public class ServiceWatcherTests : TestKit
{
    private readonly TestProbe _api;
    private readonly IActorRef _watcher;
    private readonly Watch _services;
    private readonly Watch _slices;

    public ServiceWatcherTests()
        : base(ReferenceConf.With("akkakube.network.sync-period = 1ms"))
    {
        _api = CreateTestProbe();
        _watcher = Sys.ActorOf(ServiceWatcher.Props(_api, NetworkSettings.From(Sys.Settings.Config)));
        _services = _api.ExpectMsg<Watch>(w => w.Resource == GroupVersionResource.Services);
        _slices = _api.ExpectMsg<Watch>(w => w.Resource == GroupVersionResource.EndpointSlices);
    }

    private void Tell(Watch watch, WatchEventType type, IApiObject item) =>
        _watcher.Tell(new WatchEvents(watch.Tag, [new WatchEvent(type, ApiObject.Of(item))]));

    private void EndList(Watch watch) =>
        Tell(watch, WatchEventType.Bookmark, new Api.Core.V1.Service { Metadata = new Api.Meta.V1.ObjectMeta { ResourceVersion = "9", Annotations = ValueMap.Of(("k8s.io/initial-events-end", "true")) } });

    [Fact]
    public void A_subscriber_gets_a_new_view_when_a_Service_gets_an_endpoint()
    {
        _watcher.Tell(ServiceWatcher.Subscribe.Instance, TestActor);
        ExpectMsg<ServiceView>();
        Tell(_services, WatchEventType.Added, Service("web", "10.96.0.7", ("", 80, 0)));
        ExpectMsg<ServiceView>().Rules.ClusterIp("10.96.0.7", 80)!.Endpoints.ShouldBeEmpty();
        Tell(_slices, WatchEventType.Added, Slice("web", [("", 80)], Ready("10.244.1.2", "a")));
        ExpectMsg<ServiceView>().Rules.ClusterIp("10.96.0.7", 80)!.Endpoints.ShouldBe([new SocketAddress("10.244.1.2", 80)]);
        Tell(_services, WatchEventType.Deleted, Service("web", "10.96.0.7", ("", 80, 0)));
        var view = ExpectMsg<ServiceView>();
        view.Rules.IsServiceAddress("10.96.0.7").ShouldBeFalse();
        view.Zone.Answer("web.default.svc.cluster.local", DnsType.A).Code.ShouldBe(DnsCode.NxDomain);
    }

    [Fact]
    public void Who_asks_for_the_view_waits_until_all_Services_are_known()
    {
        _watcher.Tell(ServiceWatcher.Get.Instance, TestActor);
        Tell(_services, WatchEventType.Added, Service("web", "10.96.0.7", ("", 80, 0)));
        EndList(_services);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        EndList(_slices);
        ExpectMsg<ServiceView>().InNamespace("default").Single().Metadata.Name.ShouldBe("web");
    }

    [Fact]
    public void The_proxy_of_a_node_hands_its_rules_to_the_fabric_and_takes_them_back_when_it_stops()
    {
        var fabric = CreateTestProbe();
        var ports = CreateTestProbe();
        var proxy = Sys.ActorOf(KubeProxy.Props("a", "172.18.0.2", fabric, _watcher, ports));
        fabric.ExpectMsg<FabricActor.SetRoutes>().Node.ShouldBe("a");
        ports.ExpectMsg<Network.NodePorts.NodePortsActor.NodeUp>().Ip.ShouldBe("172.18.0.2");
        Sys.Stop(proxy);
        fabric.ExpectMsg<FabricActor.RemoveRoutes>().Node.ShouldBe("a");
        ports.ExpectMsg<Network.NodePorts.NodePortsActor.NodeDown>();
    }
}
