using AkkaKube.Api.Core.V1;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;
using AkkaKube.Scheduler.Plugins;
using AkkaKube.Scheduler.Profiles;

namespace AkkaKube.Scheduler.Tests.Plugins;

/// <summary>How much each plugin likes a node.</summary>
public sealed class ScoreTests
{
    [Fact]
    public void Least_allocated_is_the_mean_of_what_stays_free()
    {
        var cluster = Make.Cluster([Make.Node("n", cpu: "4", memory: "8Gi")], Make.Pod("other", cpu: "1", memory: "2Gi").On("n"));
        Score(new NodeResourcesFit(), Make.Pod(cpu: "1", memory: "2Gi"), cluster).ShouldBe([50]); // cpu 2 of 4 free, memory 4 of 8
    }

    [Fact]
    public void A_pod_that_requests_nothing_is_scored_with_the_defaults() =>
        Score(new NodeResourcesFit(), Make.Pod(), Make.Cluster([Make.Node("n", cpu: "1", memory: "400Mi")])).ShouldBe([70]); // 90 for cpu, 50 for memory

    [Fact]
    public void Balanced_allocation_likes_a_pod_that_keeps_cpu_and_memory_used_alike() =>
        Score(new NodeResourcesBalancedAllocation(), Make.Pod(cpu: "2", memory: "4Gi"), Make.Cluster([Make.Node("even", cpu: "4", memory: "8Gi"), Make.Node("odd", cpu: "2", memory: "8Gi")]))
            .ShouldBe([75, 62]);

    [Fact]
    public void Soft_taints_cost_score()
    {
        var tainted = Make.Node("tainted").With(s => s with { Taints = [new Taint { Key = "k", Effect = "PreferNoSchedule" }] });
        Score(new TaintToleration(), Make.Pod(), Make.Cluster([Make.Node("clean"), tainted])).ShouldBe([100, 0]);
    }

    [Fact]
    public void Preferred_node_affinity_adds_its_weights()
    {
        PreferredSchedulingTerm Prefers(int weight, string value) => new() { Weight = weight, Preference = new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "disk", Operator = "In", Values = [value] }] } };
        var pod = Make.Pod().With(s => s with { Affinity = new Affinity { NodeAffinity = new Api.Core.V1.NodeAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [Prefers(30, "ssd"), Prefers(10, "hdd")] } } });
        Score(new Scheduler.Plugins.NodeAffinity(), pod, Make.Cluster([Make.Node("s", labels: ("disk", "ssd")), Make.Node("h", labels: ("disk", "hdd")), Make.Node("n")])).ShouldBe([100, 33, 0]);
    }

    [Fact]
    public void A_large_image_that_a_node_has_counts_by_its_spread()
    {
        Node With(Node node) => node with { Status = node.Status with { Images = [new ContainerImage { Names = ["image:1"], SizeBytes = 1000L * 1024 * 1024 }] } };
        Score(new ImageLocality(), Make.Pod(), Make.Cluster([With(Make.Node("has")), Make.Node("lacks")])).ShouldBe([48, 0]); // half of the nodes have it: (500 - 23) / (1000 - 23)
    }

    [Fact]
    public void Preferred_affinity_and_anti_affinity_pull_and_push()
    {
        var pod = Make.Pod("w").With(s => s with
        {
            Affinity = new Affinity
            {
                PodAffinity = new PodAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [new WeightedPodAffinityTerm { Weight = 10, PodAffinityTerm = Make.Near("zone", ("app", "db")) }] },
                PodAntiAffinity = new PodAntiAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [new WeightedPodAffinityTerm { Weight = 10, PodAffinityTerm = Make.Near("zone", ("app", "loud")) }] },
            },
        });
        var cluster = Make.Cluster(
            [Make.Node("a", labels: ("zone", "a")), Make.Node("b", labels: ("zone", "b")), Make.Node("c", labels: ("zone", "c"))],
            Make.Pod("db", labels: ("app", "db")).On("a"),
            Make.Pod("loud", labels: ("app", "loud")).On("b"));
        Score(new InterPodAffinity(), pod, cluster).ShouldBe([100, 0, 50]);
    }

    private static long[] Score(IScorePlugin plugin, Pod pod, SchedulerCache cluster)
    {
        var cycle = new SchedulingCycle(Profile.Of((new PrioritySort(), 0), (plugin, 1)), new Random(1));
        return cycle.Scores(new CycleState(), new PodInfo(pod), cluster.Snapshot, cluster.Snapshot.Nodes);
    }
}
