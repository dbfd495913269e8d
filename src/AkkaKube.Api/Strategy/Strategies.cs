using System.Collections.Frozen;
using AkkaKube.Api.Strategy.Apps;
using AkkaKube.Api.Strategy.Coordination;
using AkkaKube.Api.Strategy.Core;
using AkkaKube.Api.Strategy.Discovery;

namespace AkkaKube.Api.Strategy;

/// <summary>The strategies of all resources that the API stores.</summary>
public static class Strategies
{
    private static readonly FrozenDictionary<(GroupVersionResource Resource, string Subresource), IStrategy> All =
        new Dictionary<(GroupVersionResource, string), IStrategy>
        {
            [(GroupVersionResource.ConfigMaps, "")] = new ConfigMapStrategy(),
            [(GroupVersionResource.Secrets, "")] = new SecretStrategy(),
            [(GroupVersionResource.ServiceAccounts, "")] = new ServiceAccountStrategy(),
            [(GroupVersionResource.Events, "")] = new EventStrategy(),
            [(GroupVersionResource.Leases, "")] = new LeaseStrategy(),
            [(GroupVersionResource.Namespaces, "")] = new NamespaceStrategy(),
            [(GroupVersionResource.Namespaces, "status")] = new NamespaceStatusStrategy(),
            [(GroupVersionResource.Namespaces, "finalize")] = new NamespaceFinalizeStrategy(),
            [(GroupVersionResource.Nodes, "")] = new NodeStrategy(),
            [(GroupVersionResource.Nodes, "status")] = new NodeStatusStrategy(),
            [(GroupVersionResource.Pods, "")] = new PodStrategy(),
            [(GroupVersionResource.Pods, "status")] = new PodStatusStrategy(),
            [(GroupVersionResource.Services, "")] = new ServiceStrategy(),
            [(GroupVersionResource.Services, "status")] = new ServiceStatusStrategy(),
            [(GroupVersionResource.Endpoints, "")] = new EndpointsStrategy(),
            [(GroupVersionResource.EndpointSlices, "")] = new EndpointSliceStrategy(),
            [(GroupVersionResource.Deployments, "")] = new DeploymentStrategy(),
            [(GroupVersionResource.Deployments, "status")] = new DeploymentStatusStrategy(),
            [(GroupVersionResource.ReplicaSets, "")] = new ReplicaSetStrategy(),
            [(GroupVersionResource.ReplicaSets, "status")] = new ReplicaSetStatusStrategy(),
        }.ToFrozenDictionary();

    /// <summary>The strategy of a resource itself.</summary>
    /// <exception cref="KeyNotFoundException">The resource is not stored.</exception>
    public static IStrategy For(GroupVersionResource resource) => For(resource, "");

    /// <summary>The strategy of a subresource that writes the object, such as <c>status</c>; "" for the resource itself.</summary>
    /// <exception cref="KeyNotFoundException">There is no such subresource.</exception>
    public static IStrategy For(GroupVersionResource resource, string subresource) => All[(resource, subresource)];

    /// <summary>The strategy of a resource or subresource, null where it is not stored.</summary>
    public static IStrategy? Find(GroupVersionResource resource, string subresource = "") => All.GetValueOrDefault((resource, subresource));
}
