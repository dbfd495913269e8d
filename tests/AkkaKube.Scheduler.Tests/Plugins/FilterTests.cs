using AkkaKube.Api.Core.V1;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Profiles;

namespace AkkaKube.Scheduler.Tests.Plugins;

/// <summary>Which pods a node refuses, and in which words: one node, one pod, the whole default profile.</summary>
public sealed class FilterTests
{
    private const string Unhelpful = "no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
    private const string NoVictims = "no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.";

    [Fact]
    public void A_pod_that_asks_for_nothing_fits() => Decide(Make.Pod(), Make.Node("n")).Node.ShouldBe("n");

    [Fact]
    public void A_cluster_without_nodes_says_so() => Message(Make.Pod()).ShouldBe("no nodes available to schedule pods");

    [Fact]
    public void A_cordoned_node_refuses_unless_tolerated()
    {
        var node = Make.Node("n").With(s => s with { Unschedulable = true });
        Message(Make.Pod(), node).ShouldBe("0/1 nodes are available: 1 node(s) were unschedulable. " + Unhelpful);
        Decide(Make.Pod().With(s => s with { Tolerations = [new Toleration { Key = "node.kubernetes.io/unschedulable", Operator = "Exists" }] }), node).Node.ShouldBe("n");
    }

    [Theory]
    [InlineData(null, null, null, null, false)]
    [InlineData("dedicated", "Exists", null, null, true)]
    [InlineData("dedicated", "Equal", "x", "NoSchedule", true)]
    [InlineData("dedicated", null, "x", null, true)]
    [InlineData("dedicated", "Equal", "y", "NoSchedule", false)]
    [InlineData("dedicated", "Exists", null, "NoExecute", false)]
    [InlineData(null, "Exists", null, null, true)]
    [InlineData("other", "Exists", null, null, false)]
    public void A_taint_refuses_whoever_does_not_tolerate_it(string? key, string? @operator, string? value, string? effect, bool fits)
    {
        var node = Make.Node("n").With(s => s with { Taints = [new Taint { Key = "dedicated", Value = "x", Effect = "NoSchedule" }] });
        var pod = Make.Pod().With(s => s with { Tolerations = key is null && @operator is null ? [] : [new Toleration { Key = key, Operator = @operator, Value = value, Effect = effect }] });
        if (fits) Decide(pod, node).Node.ShouldBe("n");
        else Message(pod, node).ShouldBe("0/1 nodes are available: 1 node(s) had untolerated taint(s). " + Unhelpful);
    }

    [Theory]
    [InlineData("In", "ssd,nvme", true)]
    [InlineData("In", "hdd", false)]
    [InlineData("NotIn", "hdd", true)]
    [InlineData("NotIn", "ssd", false)]
    [InlineData("Exists", "", true)]
    [InlineData("DoesNotExist", "", false)]
    public void Required_node_affinity_decides_by_label(string @operator, string values, bool fits)
    {
        var requirement = new NodeSelectorRequirement { Key = "disk", Operator = @operator, Values = [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries)] };
        Requires(requirement, Make.Node("n", labels: ("disk", "ssd"))).ShouldBe(fits);
    }

    [Theory]
    [InlineData("Gt", "3", true)]
    [InlineData("Gt", "4", false)]
    [InlineData("Lt", "5", true)]
    [InlineData("Lt", "four", false)]
    public void Required_node_affinity_compares_numbers(string @operator, string bound, bool fits) =>
        Requires(new NodeSelectorRequirement { Key = "gen", Operator = @operator, Values = [bound] }, Make.Node("n", labels: ("gen", "4"))).ShouldBe(fits);

    [Fact]
    public void A_node_selector_must_match_in_full()
    {
        var pod = Make.Pod().With(s => s with { NodeSelector = Make.Map([("disk", "ssd"), ("zone", "a")]) });
        Decide(pod, Make.Node("n", labels: [("disk", "ssd"), ("zone", "a")])).Node.ShouldBe("n");
        Message(pod, Make.Node("n", labels: ("disk", "ssd"))).ShouldBe("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. " + Unhelpful);
    }

    [Fact]
    public void A_request_larger_than_the_node_can_never_be_met_one_larger_than_what_is_free_may_be()
    {
        Message(Make.Pod(cpu: "5"), Make.Node("n")).ShouldBe("0/1 nodes are available: 1 Insufficient cpu. " + Unhelpful);
        var busy = Make.Cluster([Make.Node("n")], Make.Pod("other", cpu: "3", memory: "7Gi").On("n"));
        Decide(Make.Pod(cpu: "2", memory: "2Gi"), busy).Message.ShouldBe("0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. " + NoVictims);
    }

    [Fact]
    public void A_full_node_takes_no_more_pods()
    {
        var full = Make.Cluster([Make.Node("n", pods: "1")], Make.Pod("other").On("n"));
        Decide(Make.Pod(), full).Message.ShouldBe("0/1 nodes are available: 1 Too many pods. " + NoVictims);
    }

    [Fact]
    public void A_host_port_is_given_once()
    {
        var pod = Make.Pod("a").With(s => s with { Containers = [s.Containers[0] with { Ports = [new ContainerPort { ContainerPortValue = 80, HostPort = 8080, Protocol = "TCP" }] }] });
        Decide(pod with { Metadata = pod.Metadata with { Name = "b" } }, Make.Cluster([Make.Node("n")], pod.On("n"))).Message
            .ShouldBe("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. " + NoVictims);
    }

    [Fact]
    public void A_sidecar_counts_beside_the_containers_and_an_init_container_instead_of_them()
    {
        var pod = Make.Pod(cpu: "1").With(s => s with
        {
            InitContainers = [new Container { Name = "sidecar", RestartPolicy = "Always", Resources = Make.Requests(("cpu", "500m")) }, new Container { Name = "init", Resources = Make.Requests(("cpu", "3")) }],
        });
        PodRequests.Of(pod).MilliCpu.ShouldBe(3500);
        PodRequests.Of(pod.With(s => s with { InitContainers = [s.InitContainers[0]] })).MilliCpu.ShouldBe(1500);
    }

    [Fact]
    public void Without_preemption_a_pod_is_told_so()
    {
        Message(Make.Pod(cpu: "5").With(s => s with { PreemptionPolicy = "Never" }), Make.Node("n"))
            .ShouldBe("0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.");
    }

    private static bool Requires(NodeSelectorRequirement requirement, Node node)
    {
        var affinity = new Affinity { NodeAffinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector { NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [requirement] }] } } };
        return Decide(Make.Pod().With(s => s with { Affinity = affinity }), node).Node is not null;
    }

    private static string? Message(Pod pod, params Node[] nodes) => Decide(pod, Make.Cluster(nodes)).Message;

    private static Decision Decide(Pod pod, params Node[] nodes) => Decide(pod, Make.Cluster(nodes));

    private static Decision Decide(Pod pod, SchedulerCache cluster) => new SchedulingCycle(Profile.Default(), new Random(1)).Decide(new PodInfo(pod), cluster.Snapshot);
}
