using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Scheduler.Tests.Cycle;

/// <summary>The cycle as a whole.</summary>
public sealed class SchedulingCycleTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(100, 100)]
    [InlineData(200, 100)]
    [InlineData(1000, 420)]
    [InlineData(10000, 500)]
    public void In_a_large_cluster_a_share_of_the_nodes_is_enough(int nodes, int enough) => SchedulingCycle.Enough(nodes).ShouldBe(enough);

    [Fact]
    public void Equals_are_drawn_among_by_the_seed()
    {
        var nodes = Enumerable.Range(0, 10).Select(i => Make.Node($"n{i}")).ToArray();
        List<string?> Run(int seed)
        {
            var cycle = new SchedulingCycle(Profile.Default(), new Random(seed));
            return [.. Enumerable.Range(0, 20).Select(_ => cycle.Decide(new PodInfo(Make.Pod()), Make.Cluster(nodes).Snapshot).Node)];
        }

        Run(7).ShouldBe(Run(7));
        Run(7).Distinct().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Nodes_are_looked_at_zone_by_zone()
    {
        Api.Core.V1.Node In(string name, string zone) => Make.Node(name, labels: ("topology.kubernetes.io/zone", zone));
        Make.Cluster([In("a1", "a"), In("a2", "a"), In("b1", "b")]).Snapshot.Nodes.Select(n => n.Name).ShouldBe(["a1", "b1", "a2"]);
    }

    [Fact]
    public void A_node_is_never_given_more_than_it_has() => Prop.ForAll(
        Gen.Choose(1, 6).SelectMany(nodes => Gen.Choose(1, 40).SelectMany(pods => Gen.Choose(100, 2500).ListOf(pods).Select(cpus => (nodes, cpus)))).ToArbitrary(),
        sample =>
        {
            var cache = Make.Cluster([.. Enumerable.Range(0, sample.nodes).Select(i => Make.Node($"n{i}", cpu: "4", pods: "5"))]);
            var cycle = new SchedulingCycle(Profile.Default(), new Random(1));
            foreach (var (cpu, i) in sample.cpus.Select((cpu, i) => (cpu, i)))
            {
                var pod = new PodInfo(Make.Pod($"p{i}", cpu: $"{cpu}m"));
                if (cycle.Decide(pod, cache.Snapshot).Node is { } node) cache.SetPod(pod, node);
            }

            return cache.Snapshot.Nodes.All(n => n.Requested.MilliCpu <= 4000 && n.Pods.Count <= 5 && n.Requested.MilliCpu == n.Pods.Sum(p => p.Requests.MilliCpu));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_added_and_removed_leaves_no_trace()
    {
        var cache = Make.Cluster([Make.Node("n")]);
        var pod = new PodInfo(Make.Pod("p", cpu: "2").With(s => s with { Containers = [s.Containers[0] with { Ports = [new Api.Core.V1.ContainerPort { ContainerPortValue = 1, HostPort = 1 }] }] }));
        cache.SetPod(pod, "n");
        cache.RemovePod(pod.Key);
        var node = cache.Snapshot.Nodes.Single();
        (node.Pods.Count, node.Requested.MilliCpu, node.HasConflict(pod.HostPorts[0])).ShouldBe((0, 0, false));
    }
}
