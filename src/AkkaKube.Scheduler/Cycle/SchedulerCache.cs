using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>
/// The nodes and the pods on them as the scheduler knows them: what the API server told, and what the scheduler itself has decided
/// but not yet seen confirmed (assumed pods).
/// </summary>
internal sealed class SchedulerCache
{
    private readonly Dictionary<string, NodeInfo> _nodes = [];
    private readonly Dictionary<ObjectKey, (PodInfo Pod, string Node)> _pods = [];
    private readonly HashSet<NodeInfo> _withAffinity = [];
    private readonly HashSet<NodeInfo> _withAntiAffinity = [];
    private readonly Dictionary<string, ImageSpread> _images = [];
    private readonly Dictionary<string, ValueMap<string>> _namespaceLabels = [];
    private Snapshot? _snapshot;

    /// <summary>The selectors of the services and workloads that a pod belongs to.</summary>
    public SelectorsOfPods Selectors { get; } = new();

    /// <summary>The view for the next cycle. Cheap: it is remade only when a node came or went.</summary>
    public Snapshot Snapshot => _snapshot ??= new Snapshot
    {
        Nodes = ZoneOrder.Of(_nodes.Values.Where(n => n.Known is not null)),
        NodesWithAffinityPods = _withAffinity,
        NodesWithAntiAffinityPods = _withAntiAffinity,
        Images = _images,
        NamespaceLabels = _namespaceLabels,
        DefaultSelector = Selectors.Of,
    };

    public void SetNode(Node node)
    {
        var info = Info(node.Metadata.Name!);
        var before = info.Known;
        SetImages(before, node);
        info.Set(node);
        if (before is null || ZoneOrder.ZoneOf(before) != ZoneOrder.ZoneOf(node)) _snapshot = null;
        Index(info);
    }

    public void RemoveNode(string name)
    {
        if (!_nodes.TryGetValue(name, out var info)) return;
        SetImages(info.Known, null);
        info.Set(null);
        Index(info);
        if (info.Pods.Count == 0) _nodes.Remove(name);
        _snapshot = null;
    }

    public void SetNamespace(string name, ValueMap<string> labels) => _namespaceLabels[name] = labels;

    public void RemoveNamespace(string name) => _namespaceLabels.Remove(name);

    /// <summary>A pod is on a node: as decided here, or as the API server says; the latter replaces the former.</summary>
    public void SetPod(PodInfo pod, string node)
    {
        if (_pods.TryGetValue(pod.Key, out var before)) Take(before.Pod, before.Node);
        var info = Info(node);
        info.Add(pod);
        _pods[pod.Key] = (pod, node);
        Index(info);
    }

    public bool HasPod(ObjectKey key) => _pods.ContainsKey(key);

    public void RemovePod(ObjectKey key)
    {
        if (_pods.Remove(key, out var before)) Take(before.Pod, before.Node);
    }

    private void Take(PodInfo pod, string node)
    {
        if (!_nodes.TryGetValue(node, out var info)) return;
        info.Remove(pod);
        Index(info);
        if (info.Known is null && info.Pods.Count == 0) _nodes.Remove(node);
    }

    private NodeInfo Info(string name)
    {
        if (!_nodes.TryGetValue(name, out var info)) _nodes[name] = info = new NodeInfo(name);
        return info;
    }

    private void Index(NodeInfo node)
    {
        Keep(_withAffinity, node.Known is not null && node.PodsWithAffinity.Count > 0);
        Keep(_withAntiAffinity, node.Known is not null && node.PodsWithRequiredAntiAffinity.Count > 0);

        void Keep(HashSet<NodeInfo> set, bool belongs)
        {
            if (belongs) set.Add(node);
            else if (set.Count > 0) set.Remove(node);
        }
    }

    private void SetImages(Node? before, Node? after)
    {
        if (before is not null && after is not null && before.Status.Images == after.Status.Images) return;
        foreach (var name in before?.Status.Images.SelectMany(image => image.Names) ?? [])
        {
            if (!_images.TryGetValue(name, out var spread)) continue;
            spread.Nodes.Remove(before!.Metadata.Name!);
            if (spread.Nodes.Count == 0) _images.Remove(name);
        }

        foreach (var image in after?.Status.Images ?? [])
        {
            foreach (var name in image.Names)
            {
                if (!_images.TryGetValue(name, out var spread)) _images[name] = spread = new ImageSpread(image.SizeBytes, []);
                spread.Nodes.Add(after!.Metadata.Name!);
            }
        }
    }
}
