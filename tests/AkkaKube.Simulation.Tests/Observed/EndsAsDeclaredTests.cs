using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.Simulation.Tests.Observed;

/// <summary>The invariants see what is wrong: a cluster that is as declared has one thing spoilt at a time.</summary>
public sealed class EndsAsDeclaredTests
{
    private static readonly DateTimeOffset SomeTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private Node _node = new() { Metadata = Meta("node-1", null), Spec = new() { PodCIDR = "10.0.1.0/24" }, Status = new() { Conditions = [new() { Type = "Ready", Status = "True" }] } };
    private Service _service = new() { Metadata = Meta("web"), Spec = new() { Selector = ValueMap.Of(("app", "web")) } };

    private Deployment _deployment = new()
    {
        Metadata = Meta("web") with { Generation = 2 },
        Spec = new() { Replicas = 1, Template = Template("nginx:2") },
        Status = new()
        {
            ObservedGeneration = 2,
            Replicas = 1,
            UpdatedReplicas = 1,
            ReadyReplicas = 1,
            AvailableReplicas = 1,
            Conditions = [new() { Type = "Available", Status = "True" }, new() { Type = "Progressing", Status = "True", Reason = "NewReplicaSetAvailable" }],
        },
    };

    private ReplicaSet _set = new()
    {
        Metadata = Meta("web-1") with { Generation = 1, OwnerReferences = [new() { Kind = "Deployment", Name = "web", Uid = "uid-Deployment" }] },
        Spec = new() { Replicas = 1, Template = Template("nginx:2") },
        Status = new() { ObservedGeneration = 1, Replicas = 1, FullyLabeledReplicas = 1, ReadyReplicas = 1, AvailableReplicas = 1 },
    };

    private Pod _pod = new()
    {
        Metadata = Meta("web-1-a") with { Labels = ValueMap.Of(("app", "web")), OwnerReferences = [new() { Kind = "ReplicaSet", Name = "web-1", Uid = "uid-ReplicaSet" }] },
        Spec = new() { NodeName = "node-1" },
        Status = new() { Phase = PodPhase.Running, PodIP = "10.0.1.2", Conditions = [new() { Type = "Ready", Status = "True" }] },
    };

    private EndpointSlice _slice = new()
    {
        Metadata = Meta("web-s") with { Labels = ValueMap.Of(("kubernetes.io/service-name", "web")) },
        Endpoints = [new() { Addresses = ["10.0.1.2"], Conditions = new() { Ready = true } }],
    };

    private Endpoints _endpoints = new() { Metadata = Meta("web"), Subsets = [new() { Addresses = [new() { Ip = "10.0.1.2" }] }] };

    [Fact]
    public void Nothing_is_said_of_a_cluster_that_is_as_declared() => EndsAsDeclared.Violations(Seen()).ShouldBeEmpty();

    [Fact]
    public void A_pod_that_is_not_ready_is_seen_by_itself_and_by_its_service()
    {
        _pod = _pod with { Status = _pod.Status with { Conditions = [] } };
        EndsAsDeclared.Violations(Seen()).ShouldBe([
            "pod web-1-a is Running and not ready", "service web: ready pods , endpoint slices 10.0.1.2", "service web: ready pods , endpoints 10.0.1.2"]);
    }

    [Fact]
    public void A_pod_that_does_not_end_is_seen()
    {
        _pod = _pod with { Metadata = _pod.Metadata with { DeletionTimestamp = SomeTime } };
        EndsAsDeclared.Violations(Seen()).ShouldBe(["pod web-1-a is still ending"]);
    }

    [Fact]
    public void An_address_outside_of_the_nodes_range_is_seen()
    {
        _node = _node with { Spec = _node.Spec with { PodCIDR = "10.0.2.0/24" } };
        EndsAsDeclared.Violations(Seen()).ShouldBe(["pod web-1-a has 10.0.1.2, its node 10.0.2.0/24"]);
    }

    [Fact]
    public void A_taint_that_stayed_is_seen()
    {
        _node = _node with { Spec = _node.Spec with { Taints = [new() { Key = "node.kubernetes.io/unreachable", Effect = "NoExecute" }] } };
        EndsAsDeclared.Violations(Seen()).ShouldBe(["node node-1 has taints"]);
    }

    [Fact]
    public void Pods_that_are_missing_are_seen_at_every_level()
    {
        (_deployment, _set) = (_deployment with { Spec = _deployment.Spec with { Replicas = 2 } }, _set with { Spec = _set.Spec with { Replicas = 2 } });
        EndsAsDeclared.Violations(Seen()).ShouldContain("replicaset web-1 wants 2 pods and has 1");
        EndsAsDeclared.Violations(Seen()).Count(line => line.StartsWith("deployment web wants 2:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void An_old_template_and_an_old_status_are_seen()
    {
        _deployment = _deployment with { Metadata = _deployment.Metadata with { Generation = 3 }, Spec = _deployment.Spec with { Template = Template("nginx:3") } };
        EndsAsDeclared.Violations(Seen()).ShouldBe(["deployment web runs on an old template", "deployment web has generation 3, observed 2"]);
    }

    [Fact]
    public void An_orphan_is_seen()
    {
        _set = _set with { Metadata = _set.Metadata with { OwnerReferences = [new() { Kind = "Deployment", Name = "gone", Uid = "uid-gone" }] } };
        EndsAsDeclared.Violations(Seen()).ShouldContain("ReplicaSet web-1 is an orphan of Deployment gone");
    }

    [Fact]
    public void Endpoints_without_a_service_are_seen()
    {
        _service = _service with { Metadata = _service.Metadata with { Name = "other" } };
        EndsAsDeclared.Violations(Seen()).ShouldContain("endpoint slice web-s has no service");
    }

    private Observation Seen()
    {
        var seen = new Observation();
        Note(seen, GroupVersionResource.Nodes, _node);
        Note(seen, GroupVersionResource.Services, _service);
        Note(seen, GroupVersionResource.Deployments, _deployment);
        Note(seen, GroupVersionResource.ReplicaSets, _set);
        Note(seen, GroupVersionResource.Pods, _pod);
        Note(seen, GroupVersionResource.EndpointSlices, _slice);
        Note(seen, GroupVersionResource.Endpoints, _endpoints);
        return seen;
    }

    private static void Note(Observation seen, GroupVersionResource resource, IApiObject one) =>
        seen.Take(resource, new WatchEvent(WatchEventType.Added, ApiObject.Of(one.WithMetadata(one.Metadata with { Uid = "uid-" + one.Kind }))));

    private static ObjectMeta Meta(string name, string? @namespace = "default") => new() { Name = name, Namespace = @namespace };

    private static PodTemplateSpec Template(string image) => new() { Spec = new() { Containers = [new() { Name = "main", Image = image }] } };
}
