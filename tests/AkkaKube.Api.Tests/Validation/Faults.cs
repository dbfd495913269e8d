using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Strategy;

namespace AkkaKube.Api.Tests.Validation;

/// <summary>What the server has to say against an object, line by line.</summary>
internal static class Faults
{
    public static string[] Of(IApiObject created) =>
        [.. PreparedWrite.ForCreate(Strategies.For(Resource(created)), created).Errors.Select(error => error.ToString())];

    public static string[] Of(Container container) => Of(Valid.PodSpec() with { Containers = [container] });

    public static string[] Of(PodSpec spec) => Of(Valid.Pod() with { Spec = spec });

    public static string[] OfUpdate<T>(T old, Func<T, T> change, string subresource = "")
        where T : class, IApiObject =>
        [.. PreparedWrite.ForUpdate(Strategies.For(Resource(old), subresource), change(old), old).Errors.Select(error => error.ToString())];

    public static GroupVersionResource Resource(IApiObject o) => o switch
    {
        Pod => GroupVersionResource.Pods,
        Node => GroupVersionResource.Nodes,
        Namespace => GroupVersionResource.Namespaces,
        Service => GroupVersionResource.Services,
        Endpoints => GroupVersionResource.Endpoints,
        EndpointSlice => GroupVersionResource.EndpointSlices,
        ConfigMap => GroupVersionResource.ConfigMaps,
        Secret => GroupVersionResource.Secrets,
        ServiceAccount => GroupVersionResource.ServiceAccounts,
        Event => GroupVersionResource.Events,
        Lease => GroupVersionResource.Leases,
        Deployment => GroupVersionResource.Deployments,
        ReplicaSet => GroupVersionResource.ReplicaSets,
        _ => throw new ArgumentException(o.Kind),
    };
}
