using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>Services. What a new type has no use for is taken away if the client only left it as it was.</summary>
internal class ServiceStrategy : KindStrategy<Service>
{
    private const string HintsAnnotation = "service.kubernetes.io/topology-aware-hints";

    private static readonly FieldPath Spec = new("spec");

    public override bool AllowsCreateOnUpdate => true;

    public override ValueList<string> ResetFields => ["status"];

    protected override Service Prepare(Service created) => created with { Status = new ServiceStatus() };

    protected override Service Prepare(Service updated, Service old)
    {
        var service = updated with { Spec = WithoutUseless(updated, old), Status = old.Status };
        return service.Spec.Type == "LoadBalancer" ? service : service with { Status = service.Status with { LoadBalancer = new LoadBalancerStatus() } };
    }

    protected override void Check(FieldErrors errors, Service created) => ServiceValidation.CheckCreate(errors, created);

    protected override void Check(FieldErrors errors, Service updated, Service old) => ServiceValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Service created)
    {
        var spec = created.Spec;
        if (created.Metadata.Annotations.ContainsKey(HintsAnnotation))
            warnings.Add($"annotation {HintsAnnotation} is deprecated, please use service.kubernetes.io/topology-mode instead");
        if (!string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIP != "None")
            for (var i = 0; i < spec.ClusterIPs.Count; i++) warnings.Address(Spec.Child("clusterIPs").Index(i), spec.ClusterIPs[i]);
        if (spec is { Type: "ClusterIP", ClusterIP: "None" })
        {
            if (!string.IsNullOrEmpty(spec.LoadBalancerIP)) warnings.Add("spec.loadBalancerIP is ignored for headless services");
            if (spec.ExternalIPs.Count > 0) warnings.Add("spec.externalIPs is ignored for headless services");
            if (spec.SessionAffinity != "None") warnings.Add("spec.SessionAffinity is ignored for headless services");
        }
        for (var i = 0; i < spec.ExternalIPs.Count; i++) warnings.Address(Spec.Child("externalIPs").Index(i), spec.ExternalIPs[i]);
        if (!string.IsNullOrEmpty(spec.LoadBalancerIP)) warnings.Address(Spec.Child("loadBalancerIP"), spec.LoadBalancerIP);
        for (var i = 0; i < spec.LoadBalancerSourceRanges.Count; i++)
            warnings.AddressBlock(Spec.Child("loadBalancerSourceRanges").Index(i), spec.LoadBalancerSourceRanges[i]);
        if (spec.Type == "ExternalName" && spec.ExternalIPs.Count > 0) warnings.Add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        if (spec.Type != "ExternalName" && !string.IsNullOrEmpty(spec.ExternalName)) warnings.Add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        if (spec.TrafficDistribution == "PreferClose") warnings.Add("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
    }

    protected override void Warn(Warnings warnings, Service updated, Service old) => Warn(warnings, updated);

    private static ServiceSpec WithoutUseless(Service service, Service old)
    {
        var (spec, before) = (service.Spec, old.Spec);
        if (spec.Type == before.Type && ServiceNeeds.NodePorts(service) == ServiceNeeds.NodePorts(old)
            && ServiceNeeds.HealthCheckNodePort(service) == ServiceNeeds.HealthCheckNodePort(old)
            && ServiceNeeds.ExternalTrafficPolicy(service) == ServiceNeeds.ExternalTrafficPolicy(old)) return spec;
        if (ServiceNeeds.ClusterAddress(old) && !ServiceNeeds.ClusterAddress(service))
            spec = spec with
            {
                ClusterIP = spec.ClusterIPs == before.ClusterIPs && spec.ClusterIP == before.ClusterIP ? null : spec.ClusterIP,
                ClusterIPs = spec.ClusterIPs == before.ClusterIPs && spec.ClusterIP == before.ClusterIP ? [] : spec.ClusterIPs,
                IpFamilies = spec.IpFamilies == before.IpFamilies ? [] : spec.IpFamilies,
                IpFamilyPolicy = spec.IpFamilyPolicy == before.IpFamilyPolicy ? null : spec.IpFamilyPolicy,
            };
        if (ServiceNeeds.NodePorts(old) && !ServiceNeeds.NodePorts(service) && HasNoNewNodePort(spec.Ports, before.Ports))
            spec = spec with { Ports = [.. spec.Ports.Select(port => port with { NodePort = 0 })] };
        if (ServiceNeeds.HealthCheckNodePort(old) && !ServiceNeeds.HealthCheckNodePort(service) && spec.HealthCheckNodePort == before.HealthCheckNodePort)
            spec = spec with { HealthCheckNodePort = 0 };
        if (before.Type == "LoadBalancer" && spec.Type != "LoadBalancer")
            spec = spec with
            {
                AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts == before.AllocateLoadBalancerNodePorts ? null : spec.AllocateLoadBalancerNodePorts,
                LoadBalancerClass = spec.LoadBalancerClass == before.LoadBalancerClass ? null : spec.LoadBalancerClass,
            };
        if (ServiceNeeds.ExternalTrafficPolicy(old) && !ServiceNeeds.ExternalTrafficPolicy(service) && spec.ExternalTrafficPolicy == before.ExternalTrafficPolicy)
            spec = spec with { ExternalTrafficPolicy = null };
        return spec;
    }

    private static bool HasNoNewNodePort(ValueList<ServicePort> ports, ValueList<ServicePort> old)
    {
        foreach (var port in ports)
        {
            if (port.NodePort == 0) continue;
            var had = false;
            foreach (var before in old) had |= before.NodePort == port.NodePort;
            if (!had) return false;
        }
        return true;
    }
}

/// <summary>The status of services: where a load balancer took them.</summary>
internal sealed class ServiceStatusStrategy : ServiceStrategy
{
    public override ValueList<string> ResetFields => ["spec"];

    protected override Service Prepare(Service updated, Service old) => updated with { Spec = old.Spec };

    protected override void Check(FieldErrors errors, Service updated, Service old) => ServiceStatusValidation.CheckUpdate(errors, updated, old);

    protected override void Warn(Warnings warnings, Service updated, Service old)
    {
    }
}
