using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.Simulation.Tests.Observed;

/// <summary>The cluster as the watches of one client tell it. The simulation has one thread, so the test may read what the observer writes.</summary>
public sealed class Observation
{
    /// <summary>All resources that a client of this walk can see.</summary>
    public static readonly IReadOnlyList<GroupVersionResource> Followed =
    [
        GroupVersionResource.Namespaces, GroupVersionResource.Nodes, GroupVersionResource.Leases, GroupVersionResource.Pods, GroupVersionResource.Services,
        GroupVersionResource.Endpoints, GroupVersionResource.EndpointSlices, GroupVersionResource.Deployments, GroupVersionResource.ReplicaSets,
        GroupVersionResource.ConfigMaps, GroupVersionResource.Secrets, GroupVersionResource.ServiceAccounts, GroupVersionResource.Events,
    ];

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<GroupVersionResource, ObservedResource> _resources = Followed.ToDictionary(resource => resource, _ => new ObservedResource());

    /// <summary>How many events came so far.</summary>
    public long Count { get; private set; }

    /// <summary>What the watches told that cannot be: gaps in the revisions, changes of objects that are not there.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Everything known of a resource.</summary>
    public ObservedResource this[GroupVersionResource resource] => _resources[resource];

    /// <summary>The objects of a resource, by key.</summary>
    public IReadOnlyList<T> All<T>(GroupVersionResource resource) where T : class, IApiObject => [.. _resources[resource].Objects.Values.Select(one => one.As<T>())];

    /// <summary>The object of that name in the default namespace.</summary>
    public T? Find<T>(GroupVersionResource resource, string name, string? @namespace = "default") where T : class, IApiObject =>
        _resources[resource].Objects.GetValueOrDefault(new ObjectKey(@namespace, name))?.As<T>();

    /// <summary>Pods that are not being deleted, by label <c>app</c>.</summary>
    public IReadOnlyList<Pod> PodsOf(string app) =>
        [.. All<Pod>(GroupVersionResource.Pods).Where(pod => pod.Metadata.Labels.GetValueOrDefault("app") == app && pod.Metadata.DeletionTimestamp is null)];

    /// <summary>An event came.</summary>
    public void Take(GroupVersionResource resource, WatchEvent change)
    {
        Count++;
        _digest.AppendData([(byte)change.Type]);
        _digest.AppendData(change.Object.Json.Span);
        if (_resources[resource].Take(change) is { } fault) Fail(resource, fault);
    }

    /// <summary>A watch told what cannot be.</summary>
    public void Fail(GroupVersionResource resource, string fault) => Faults.Add($"{resource.Resource}: {fault}");

    /// <summary>A digest of all events so far, byte for byte and in their order.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(_digest.GetCurrentHash())[..16];

    /// <summary>What one wants to see of a cluster that is not as it should be.</summary>
    public string Summary()
    {
        var text = new StringBuilder();
        foreach (var node in All<Node>(GroupVersionResource.Nodes))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  node {node.Metadata.Name} ready={node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready")?.Status} taints={string.Join(",", node.Spec.Taints.Select(t => t.Key + ":" + t.Effect))}");
        }
        foreach (var one in All<Api.Apps.V1.Deployment>(GroupVersionResource.Deployments))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  deployment {one.Metadata.Name} wants {one.Spec.Replicas}: {one.Status}");
        }
        foreach (var one in All<Api.Apps.V1.ReplicaSet>(GroupVersionResource.ReplicaSets))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  replicaset {one.Metadata.Name} wants {one.Spec.Replicas}: {one.Status}");
        }
        foreach (var pod in All<Pod>(GroupVersionResource.Pods))
        {
            var ready = pod.Status.Conditions.FirstOrDefault(c => c.Type == "Ready")?.Status;
            text.AppendLine(CultureInfo.InvariantCulture, $"  pod {pod.Metadata.Name} on {pod.Spec.NodeName} {pod.Status.Phase} ready={ready} ip={pod.Status.PodIP} deleted={pod.Metadata.DeletionTimestamp:O}");
            if (ready != "True") text.AppendLine("    " + pod.Status);
        }
        foreach (var slice in All<Api.Discovery.V1.EndpointSlice>(GroupVersionResource.EndpointSlices))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  endpointslice {slice.Metadata.Name}: {string.Join(" ", slice.Endpoints.Select(e => $"{e.Addresses[0]}={e.Conditions.Ready}"))}");
        }
        foreach (var fault in Faults) text.AppendLine("  " + fault);
        return text.ToString();
    }
}
