using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Which of its fields the type of a service has a use for.</summary>
internal static class ServiceNeeds
{
    public static bool ClusterAddress(Service service) => service.Spec.Type is "ClusterIP" or "NodePort" or "LoadBalancer";

    public static bool NodePorts(Service service) =>
        service.Spec.Type == "NodePort" || (service.Spec.Type == "LoadBalancer" && service.Spec.AllocateLoadBalancerNodePorts is not false);

    public static bool HealthCheckNodePort(Service service) => service.Spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };

    public static bool ExternalTrafficPolicy(Service service) =>
        service.Spec.Type is "NodePort" or "LoadBalancer" || (service.Spec.Type == "ClusterIP" && service.Spec.ExternalIPs.Count > 0);

    public static bool IsHeadless(Service service) => service.Spec.ClusterIPs.Count == 1 && service.Spec.ClusterIPs[0] == "None";
}
