using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Controllers.Endpoints;

namespace AkkaKube.Controllers.Tests.Endpoints;

public sealed class EndpointsTests
{
    private readonly MiniCluster _cluster = new();

    private EndpointSlice Slice => _cluster.Slices.All.ShouldHaveSingleItem();

    private ValueList<EndpointSubset> Subsets => _cluster.Endpoints.All.ShouldHaveSingleItem().Subsets;

    [Fact]
    public void A_service_without_pods_has_empty_endpoints_and_one_empty_slice()
    {
        _cluster.Put(Some.Service());
        _cluster.Settle();
        Subsets.ShouldBeEmpty();
        _cluster.Endpoints.All.Single().Metadata.Labels.ToString().ShouldBe("endpoints.kubernetes.io/managed-by=endpoint-controller");
        (Slice.AddressType, Slice.Endpoints.Count, Slice.Ports.Count, Slice.Metadata.GenerateName).ShouldBe(("IPv4", 0, 0, "s-"));
        Slice.Metadata.Labels.ToString().ShouldBe("endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io,kubernetes.io/service-name=s");
        Slice.Metadata.OwnerReferences.ShouldHaveSingleItem().Kind.ShouldBe("Service");
    }

    [Fact]
    public void Ready_pods_are_published_by_the_number_of_their_named_port()
    {
        _cluster.Put(Some.Service());
        _cluster.Put(Some.Pod("a", "n1"));
        _cluster.Settle();
        var subset = Subsets.ShouldHaveSingleItem();
        subset.Ports.ShouldBe([new Api.Core.V1.EndpointPort { Name = "web", Port = 80, Protocol = "TCP" }]);
        subset.Addresses.ShouldHaveSingleItem().TargetRef!.Name.ShouldBe("a");
        var endpoint = Slice.Endpoints.ShouldHaveSingleItem();
        (endpoint.Conditions.Ready, endpoint.Conditions.Serving, endpoint.Conditions.Terminating, endpoint.NodeName).ShouldBe((true, true, false, "n1"));
        Slice.Ports.ShouldHaveSingleItem().Port.ShouldBe(80);
    }

    [Fact]
    public void The_slice_is_changed_and_not_made_again_when_the_pods_come_and_go()
    {
        _cluster.Put(Some.Service());
        _cluster.Settle();
        var name = Slice.Metadata.Name;
        _cluster.Put(Some.Pod("a"));
        _cluster.Settle();
        Slice.Metadata.Name.ShouldBe(name);
        var service = Some.Service();
        _cluster.Put(service with { Spec = service.Spec with { Selector = [new("app", "none")] } });
        _cluster.Settle();
        (Slice.Metadata.Name, Slice.Endpoints.Count, Slice.Ports.Count).ShouldBe((name, 0, 0));
        Subsets.ShouldBeEmpty();
    }

    [Fact]
    public void A_pod_that_is_not_ready_is_not_ready_in_both()
    {
        _cluster.Put(Some.Service());
        _cluster.Put(Some.Pod("a", ready: false));
        _cluster.Settle();
        (Subsets[0].Addresses.Count, Subsets[0].NotReadyAddresses.Count).ShouldBe((0, 1));
        Slice.Endpoints[0].Conditions.Ready.ShouldBe(false);
    }

    [Fact]
    public void A_headless_service_that_publishes_all_has_them_ready_and_a_label()
    {
        var service = Some.Service("p");
        _cluster.Put(service with { Spec = service.Spec with { ClusterIP = "None", PublishNotReadyAddresses = true } });
        _cluster.Put(Some.Pod("a", ready: false));
        _cluster.Settle();
        Subsets[0].Addresses.Count.ShouldBe(1);
        (Slice.Endpoints[0].Conditions.Ready, Slice.Endpoints[0].Conditions.Serving).ShouldBe((true, false));
        Slice.Metadata.Labels["service.kubernetes.io/headless"].ShouldBe("");
        _cluster.Endpoints.All.Single().Metadata.Labels["service.kubernetes.io/headless"].ShouldBe("");
    }

    [Fact]
    public void A_pod_on_its_way_out_is_terminating_in_the_slice_and_gone_from_the_endpoints()
    {
        _cluster.Put(Some.Service());
        var pod = Some.Pod("a");
        _cluster.Put(pod with { Metadata = pod.Metadata with { DeletionTimestamp = _cluster.Now } });
        _cluster.Step();
        Subsets.ShouldBeEmpty();
        (Slice.Endpoints[0].Conditions.Ready, Slice.Endpoints[0].Conditions.Serving, Slice.Endpoints[0].Conditions.Terminating).ShouldBe((false, true, true));
    }

    [Fact]
    public void A_port_that_a_pod_does_not_have_is_left_out()
    {
        _cluster.Put(Some.Service("s", Port("a", 8080), Port("b", "http"), Port("c", "missing")));
        _cluster.Put(Some.Pod("a"));
        _cluster.Settle();
        Subsets[0].Ports.Select(p => (p.Name, p.Port)).ShouldBe([("a", 8080), ("b", 80)]);
        Slice.Ports.Select(p => (p.Name, p.Port)).ShouldBe([("a", 8080), ("b", 80)]);
    }

    [Theory]
    [InlineData(PodPhase.Succeeded)]
    [InlineData(PodPhase.Failed)]
    [InlineData(PodPhase.Pending)]
    public void A_pod_that_has_ended_or_has_no_address_yet_is_not_published(string phase)
    {
        _cluster.Put(Some.Service());
        _cluster.Put(Some.Pod("a", phase: phase) with { });
        _cluster.Step();
        Subsets.ShouldBeEmpty();
        Slice.Endpoints.ShouldBeEmpty();
    }

    [Fact]
    public void No_slice_has_more_than_100_endpoints_and_a_change_rewrites_only_its_own()
    {
        _cluster.Put(Some.Service());
        for (var i = 0; i < 250; i++) _cluster.Put(Some.Pod($"p{i}") with { Status = Some.Pod("x").Status with { PodIP = $"10.244.{i / 200}.{i % 200}" } });
        _cluster.Settle();
        _cluster.Slices.All.Select(s => s.Endpoints.Count).Order().ShouldBe([50, 100, 100]);
        var before = _cluster.Slices.All.ToDictionary(s => s.Metadata.Name, s => s.Metadata.ResourceVersion);
        _cluster.Pods.Remove(new("default", "p7"));
        _cluster.Settle();
        _cluster.Slices.All.Count(s => before[s.Metadata.Name] != s.Metadata.ResourceVersion).ShouldBe(1);
    }

    [Fact]
    public void More_than_a_thousand_addresses_are_cut_off_in_the_endpoints_and_marked()
    {
        _cluster.Put(Some.Service());
        for (var i = 0; i < 1001; i++) _cluster.Put(Some.Pod($"p{i}") with { Status = Some.Pod("x").Status with { PodIP = $"10.244.{i / 200}.{i % 200}" } });
        _cluster.Step();
        Subsets[0].Addresses.Count.ShouldBe(1000);
        _cluster.Endpoints.All.Single().Metadata.Annotations["endpoints.kubernetes.io/over-capacity"].ShouldBe("truncated");
    }

    [Fact]
    public void Endpoints_that_somebody_made_for_a_service_without_a_selector_are_mirrored()
    {
        var service = Some.Service();
        _cluster.Put(service with { Spec = service.Spec with { Selector = [] } });
        _cluster.Put(new Api.Core.V1.Endpoints
        {
            Metadata = new() { Name = "s", Namespace = "default", Uid = "uid-e" },
            Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { Ip = "1.2.3.4" }], Ports = [new Api.Core.V1.EndpointPort { Port = 80, Protocol = "TCP" }] }],
        });
        var mirroring = new EndpointSliceMirroringReconciler(_cluster.Services, _cluster.Endpoints, _cluster.Slices);
        _cluster.Apply(mirroring.Reconcile(new("default", "s"), _cluster.Now));
        Slice.Endpoints.ShouldHaveSingleItem().Addresses.ShouldBe(["1.2.3.4"]);
        Slice.Metadata.Labels["endpointslice.kubernetes.io/managed-by"].ShouldBe("endpointslicemirroring-controller.k8s.io");
        mirroring.Reconcile(new("default", "s"), _cluster.Now).ShouldBeEmpty();
    }

    private static ServicePort Port(string name, IntOrString target) => new() { Name = name, Port = 80, TargetPort = target, Protocol = "TCP" };
}
