using AkkaKube.Api;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>The cluster as one scheduling cycle sees it. Nothing changes while a cycle runs: the scheduler is one actor.</summary>
internal sealed class Snapshot
{
    /// <summary>All known nodes, in a fixed order that alternates between zones.</summary>
    public required IReadOnlyList<NodeInfo> Nodes { get; init; }

    /// <summary>Those of <see cref="Nodes"/> with a pod that says something of other pods.</summary>
    public required IReadOnlyCollection<NodeInfo> NodesWithAffinityPods { get; init; }

    /// <summary>Those of <see cref="Nodes"/> with a pod that keeps others away.</summary>
    public required IReadOnlyCollection<NodeInfo> NodesWithAntiAffinityPods { get; init; }

    /// <summary>Which images the nodes have, by name with tag.</summary>
    public required IReadOnlyDictionary<string, ImageSpread> Images { get; init; }

    public required IReadOnlyDictionary<string, ValueMap<string>> NamespaceLabels { get; init; }

    /// <summary>The selectors of the services and workloads that a pod belongs to, merged; null where it belongs to none.</summary>
    public required Func<PodInfo, Selector?> DefaultSelector { get; init; }
}

/// <summary>An image that some nodes have.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Nodes">The names of the nodes that have it.</param>
internal sealed record ImageSpread(long SizeBytes, HashSet<string> Nodes);
