using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;

namespace AkkaKube.Simulation.Tests.Observed;

/// <summary>What must hold of a cluster that has come to rest, whatever happened before: it is as declared, and there is nothing else.</summary>
internal static class EndsAsDeclared
{
    /// <summary>Everything that does not hold.</summary>
    public static IReadOnlyList<string> Violations(Observation seen) =>
    [
        .. seen.Faults, .. Deployments(seen), .. ReplicaSets(seen), .. Pods(seen), .. Endpoints(seen), .. Ownership(seen), .. Nodes(seen),
    ];

    private static IEnumerable<string> Deployments(Observation seen)
    {
        foreach (var one in seen.All<Deployment>(GroupVersionResource.Deployments))
        {
            var (name, wanted, status) = (one.Metadata.Name, one.Spec.Replicas ?? 1, one.Status);
            var own = Owned<ReplicaSet>(seen, GroupVersionResource.ReplicaSets, one).Where(set => set.Spec.Replicas > 0).ToList();
            if (own.Count != (wanted == 0 ? 0 : 1) || own.Sum(set => set.Spec.Replicas) != wanted) yield return $"deployment {name} wants {wanted}, its ReplicaSets {string.Join("+", own.Select(set => set.Spec.Replicas))}";
            if (own is [var set0] && set0.Spec.Template.Spec.Containers[0].Image != one.Spec.Template.Spec.Containers[0].Image) yield return $"deployment {name} runs on an old template";
            if ((status.Replicas, status.UpdatedReplicas, status.ReadyReplicas, status.AvailableReplicas, status.UnavailableReplicas) != (wanted, wanted, wanted, wanted, 0)) yield return $"deployment {name} wants {wanted}: {status}";
            if (status.ObservedGeneration != one.Metadata.Generation) yield return $"deployment {name} has generation {one.Metadata.Generation}, observed {status.ObservedGeneration}";
            if (status.Conditions.FirstOrDefault(c => c.Type == "Available")?.Status != "True") yield return $"deployment {name} is not Available";
            if (status.Conditions.FirstOrDefault(c => c.Type == "Progressing")?.Reason != "NewReplicaSetAvailable") yield return $"deployment {name} is still progressing";
        }
    }

    private static IEnumerable<string> ReplicaSets(Observation seen)
    {
        foreach (var one in seen.All<ReplicaSet>(GroupVersionResource.ReplicaSets))
        {
            var (name, wanted, status) = (one.Metadata.Name, one.Spec.Replicas ?? 1, one.Status);
            var own = Owned<Pod>(seen, GroupVersionResource.Pods, one).Count;
            if (own != wanted) yield return $"replicaset {name} wants {wanted} pods and has {own}";
            if ((status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas) != (wanted, wanted, wanted, wanted)) yield return $"replicaset {name} wants {wanted}: {status}";
            if (status.ObservedGeneration != one.Metadata.Generation) yield return $"replicaset {name} has generation {one.Metadata.Generation}, observed {status.ObservedGeneration}";
        }
    }

    private static IEnumerable<string> Pods(Observation seen)
    {
        var addresses = new HashSet<string>();
        foreach (var pod in seen.All<Pod>(GroupVersionResource.Pods))
        {
            var name = pod.Metadata.Name;
            if (pod.Metadata.DeletionTimestamp is not null) yield return $"pod {name} is still ending";
            if (pod.Status.Phase == PodPhase.Succeeded) continue;
            if (pod.Status.Phase != PodPhase.Running || !IsReady(pod)) yield return $"pod {name} is {pod.Status.Phase} and {(IsReady(pod) ? "ready" : "not ready")}";
            if (seen.Find<Node>(GroupVersionResource.Nodes, pod.Spec.NodeName ?? "", null) is not { } node) yield return $"pod {name} is on the node {pod.Spec.NodeName}, which is not there";
            else if (pod.Status.PodIP is not { } ip || !ip.StartsWith(node.Spec.PodCIDR![..(node.Spec.PodCIDR!.LastIndexOf('.') + 1)], StringComparison.Ordinal)) yield return $"pod {name} has {pod.Status.PodIP}, its node {node.Spec.PodCIDR}";
            if (!addresses.Add(pod.Status.PodIP ?? "")) yield return $"the address of pod {name}, {pod.Status.PodIP}, is taken twice";
        }
    }

    private static IEnumerable<string> Endpoints(Observation seen)
    {
        foreach (var service in seen.All<Service>(GroupVersionResource.Services).Where(service => service.Spec.Selector.Count > 0))
        {
            var name = service.Metadata.Name;
            var ready = seen.All<Pod>(GroupVersionResource.Pods)
                .Where(pod => pod.Metadata.Namespace == service.Metadata.Namespace && IsReady(pod) && service.Spec.Selector.All(pair => pod.Metadata.Labels.GetValueOrDefault(pair.Key) == pair.Value))
                .Select(pod => pod.Status.PodIP!).Order(StringComparer.Ordinal).ToList();
            var slices = seen.All<EndpointSlice>(GroupVersionResource.EndpointSlices)
                .Where(slice => slice.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") == name)
                .SelectMany(slice => slice.Endpoints).Where(endpoint => endpoint.Conditions.Ready == true)
                .SelectMany(endpoint => endpoint.Addresses).Order(StringComparer.Ordinal).ToList();
            var endpoints = seen.Find<Endpoints>(GroupVersionResource.Endpoints, name)?.Subsets
                .SelectMany(subset => subset.Addresses).Select(address => address.Ip).Order(StringComparer.Ordinal).ToList() ?? [];
            if (!slices.SequenceEqual(ready)) yield return $"service {name}: ready pods {string.Join(" ", ready)}, endpoint slices {string.Join(" ", slices)}";
            if (!endpoints.SequenceEqual(ready)) yield return $"service {name}: ready pods {string.Join(" ", ready)}, endpoints {string.Join(" ", endpoints)}";
        }
    }

    private static IEnumerable<string> Ownership(Observation seen)
    {
        var all = Observation.Followed.SelectMany(resource => seen.All<IApiObject>(resource)).ToList();
        var uids = new HashSet<string>();
        foreach (var one in all)
        {
            if (!uids.Add(one.Metadata.Uid ?? "")) yield return $"two objects have the uid {one.Metadata.Uid}";
        }
        foreach (var one in all)
        {
            foreach (var owner in one.Metadata.OwnerReferences.Where(owner => !uids.Contains(owner.Uid)))
                yield return $"{one.Kind} {one.Metadata.Name} is an orphan of {owner.Kind} {owner.Name}";
        }
        foreach (var slice in seen.All<EndpointSlice>(GroupVersionResource.EndpointSlices).Where(slice => slice.Metadata.Namespace == "default" && slice.Metadata.Name != "kubernetes"))
        {
            if (seen.Find<Service>(GroupVersionResource.Services, slice.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") ?? "") is null) yield return $"endpoint slice {slice.Metadata.Name} has no service";
        }
    }

    private static IEnumerable<string> Nodes(Observation seen)
    {
        foreach (var node in seen.All<Node>(GroupVersionResource.Nodes))
        {
            if (node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready")?.Status != "True") yield return $"node {node.Metadata.Name} is not ready";
            if (node.Spec.Taints.Count > 0) yield return $"node {node.Metadata.Name} has taints";
        }
    }

    private static List<T> Owned<T>(Observation seen, GroupVersionResource resource, IApiObject owner) where T : class, IApiObject =>
        [.. seen.All<T>(resource).Where(one => one.Metadata.OwnerReferences.Any(reference => reference.Uid == owner.Metadata.Uid))];

    /// <summary>The pod's condition Ready.</summary>
    public static bool IsReady(Pod pod) => pod.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" });
}
