using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>A node with the pods on it, bound or on their way, and the sums that the plugins ask for.</summary>
internal sealed class NodeInfo(string name)
{
    private readonly List<PodInfo> _pods = [];
    private readonly List<PodInfo> _podsWithAffinity = [];
    private readonly List<PodInfo> _podsWithRequiredAntiAffinity = [];
    private readonly List<HostPort> _hostPorts = [];

    public string Name { get; } = name;

    /// <summary>Null while pods name the node and the node itself is not known (any more).</summary>
    public Node? Known { get; private set; }

    /// <summary>The node object of a known node.</summary>
    public Node Node => Known!;

    public Resources Allocatable { get; private set; } = new();

    /// <summary>The sum of the pods' requests.</summary>
    public Resources Requested { get; } = new();

    /// <summary>The sum of the pods' requests with a minimum for those without.</summary>
    public Resources NonZeroRequested { get; } = new();

    public IReadOnlyList<PodInfo> Pods => _pods;

    public IReadOnlyList<PodInfo> PodsWithAffinity => _podsWithAffinity;

    public IReadOnlyList<PodInfo> PodsWithRequiredAntiAffinity => _podsWithRequiredAntiAffinity;

    /// <summary>Whether one of the pods has a port that conflicts with <paramref name="wanted"/>.</summary>
    public bool HasConflict(HostPort wanted)
    {
        foreach (var port in _hostPorts)
        {
            if (port.ConflictsWith(wanted)) return true;
        }

        return false;
    }

    public void Set(Node? node)
    {
        Known = node;
        Allocatable = node is null ? new Resources() : Resources.Of(node.Status.Allocatable);
    }

    public void Add(PodInfo pod)
    {
        _pods.Add(pod);
        if (pod.HasAffinity) _podsWithAffinity.Add(pod);
        if (pod.RequiredAntiAffinity.Length > 0) _podsWithRequiredAntiAffinity.Add(pod);
        _hostPorts.AddRange(pod.HostPorts);
        Requested.Add(pod.Requests);
        NonZeroRequested.Add(pod.NonZeroRequests);
    }

    public void Remove(PodInfo pod)
    {
        if (!_pods.Remove(pod)) return;
        if (pod.HasAffinity) _podsWithAffinity.Remove(pod);
        if (pod.RequiredAntiAffinity.Length > 0) _podsWithRequiredAntiAffinity.Remove(pod);
        foreach (var port in pod.HostPorts) _hostPorts.Remove(port);
        Requested.Subtract(pod.Requests);
        NonZeroRequested.Subtract(pod.NonZeroRequests);
    }
}
