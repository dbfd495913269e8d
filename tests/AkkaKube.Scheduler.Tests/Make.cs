using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Scheduler.Cycle;

namespace AkkaKube.Scheduler.Tests;

/// <summary>Short ways to pods, nodes and clusters of them.</summary>
internal static class Make
{
    public static Pod Pod(string name = "p", string cpu = "0", string memory = "0", string ns = "default", params (string Key, string Value)[] labels) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns, Uid = "uid-" + name, ResourceVersion = "1", Labels = Map(labels) },
        Spec = new PodSpec { SchedulerName = "default-scheduler", Containers = [new Container { Name = "c", Image = "image:1", Resources = Requests(("cpu", cpu), ("memory", memory)) }] },
    };

    public static Node Node(string name, string cpu = "4", string memory = "8Gi", string pods = "110", params (string Key, string Value)[] labels) => new()
    {
        Metadata = new ObjectMeta { Name = name, ResourceVersion = "1", Labels = Map([("kubernetes.io/hostname", name), .. labels]) },
        Status = new NodeStatus { Allocatable = Quantities([("cpu", cpu), ("memory", memory), ("pods", pods)]) },
    };

    public static ResourceRequirements Requests(params (string Name, string Amount)[] amounts) => new() { Requests = Quantities([.. amounts.Where(a => a.Amount != "0")]) };

    public static ValueMap<string> Map((string Key, string Value)[] entries) => ValueMap.Of(entries);

    public static Pod On(this Pod pod, string node) => pod with { Spec = pod.Spec with { NodeName = node } };

    public static Pod With(this Pod pod, Func<PodSpec, PodSpec> change) => pod with { Spec = change(pod.Spec) };

    public static Node With(this Node node, Func<NodeSpec, NodeSpec> change) => node with { Spec = change(node.Spec) };

    /// <summary>A cluster of these nodes with the pods that name one of them.</summary>
    public static SchedulerCache Cluster(Node[] nodes, params Pod[] pods)
    {
        var cache = new SchedulerCache();
        foreach (var node in nodes) cache.SetNode(node);
        foreach (var pod in pods) cache.SetPod(new PodInfo(pod), pod.Spec.NodeName!);
        return cache;
    }

    public static PodAffinityTerm Near(string key, params (string Key, string Value)[] labels) =>
        new() { TopologyKey = key, LabelSelector = new LabelSelector { MatchLabels = Map(labels) } };

    private static ValueMap<Quantity> Quantities((string Name, string Amount)[] amounts) => amounts.ToValueMap(a => a.Name, a => Quantity.Parse(a.Amount));
}
