using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Admission;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Admission;

public class PodAdmissionTests
{
    [Theory]
    [InlineData("1", "1Gi", null, null)]
    [InlineData("2", "1Gi", "OutOfcpu", "Pod was rejected: Node didn't have enough resource: cpu, requested: 2000, used: 3000, capacity: 4000")]
    [InlineData("1", "8Gi", "OutOfmemory", "Pod was rejected: Node didn't have enough resource: memory, requested: 8589934592, used: 1073741824, capacity: 8589934592")]
    public void A_pod_must_fit_beside_those_that_are_there(string cpu, string memory, string? reason, string? message)
    {
        var refusal = PodAdmission.Refuses(Node(), Pod(Container().Asking(cpu, memory)), [Pod(Container().Asking("3", "1Gi"))]);
        refusal?.Reason.ShouldBe(reason);
        (refusal?.Message).ShouldBe(message);
    }

    [Fact]
    public void A_node_takes_only_so_many_pods() =>
        PodAdmission.Refuses(Node(pods: "1"), Pod(Container()), [Pod(Container())])!.Reason.ShouldBe("OutOfpods");

    [Fact]
    public void Resources_that_the_node_does_not_have_are_out()
    {
        var pod = Pod(Container() with { Resources = new ResourceRequirements { Requests = ValueMap.Of(("example.com/gpu", Quantity.Parse("1"))) } });
        PodAdmission.Refuses(Node(), pod, [])!.Reason.ShouldBe("OutOfexample.com/gpu");
    }

    [Theory]
    [InlineData("disk", "In", "ssd", true)]
    [InlineData("disk", "In", "hdd", false)]
    [InlineData("disk", "NotIn", "hdd", true)]
    [InlineData("zone", "DoesNotExist", "", true)]
    [InlineData("zone", "Exists", "", false)]
    [InlineData("gen", "Gt", "2", true)]
    [InlineData("gen", "Lt", "3", false)]
    public void Required_node_affinity_must_hold(string key, string op, string value, bool fits)
    {
        var pod = Pod(Container());
        pod = pod with
        {
            Spec = pod.Spec with
            {
                Affinity = new Affinity
                {
                    NodeAffinity = new NodeAffinity
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector
                        {
                            NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = key, Operator = op, Values = value.Length == 0 ? [] : [value] }] }],
                        },
                    },
                },
            },
        };
        var refusal = PodAdmission.Refuses(Node(), pod, []);
        (refusal is null).ShouldBe(fits);
        if (!fits) refusal!.Message.ShouldBe("Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector");
    }

    [Fact]
    public void Two_pods_cannot_have_one_host_port()
    {
        var pod = Pod(Container() with { Ports = [new ContainerPort { ContainerPortValue = 80, HostPort = 8080 }] });
        PodAdmission.Refuses(Node(), pod, [pod])!.Reason.ShouldBe("NodePorts");
        PodAdmission.Refuses(Node(), pod, []).ShouldBeNull();
    }

    [Fact]
    public void An_init_container_counts_only_as_far_as_it_asks_for_more_than_all_others()
    {
        var pod = Pod(Container("a").Asking("1"), Container("b").Asking("1")).WithInit(Container("init").Asking("3"), Sidecar("side").Asking("500m"));
        PodRequests.Of(pod)["cpu"].ShouldBe(3000);
        PodRequests.Of(Pod(Container("a").Asking("3")).WithInit(Container("init").Asking("1"), Sidecar("side").Asking("500m")))["cpu"].ShouldBe(3500);
    }
}
