using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Strategy.Core;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy;

/// <summary>
/// What happens to a service before addresses and ports are allocated to it: what an update left out is taken from the old service, and the
/// families of its addresses are settled. This comes before <see cref="PreparedWrite"/>.
/// </summary>
public static class ServiceAddresses
{
    private const string SingleStack = "SingleStack";
    private const string DefaultFamily = "IPv4";

    private static readonly FieldPath Spec = new("spec");
    private static readonly FieldPath PolicyPath = Spec.Child("ipFamilyPolicy");

    /// <summary>The service needs an address of the cluster (it has none yet, or keeps what is in <c>clusterIPs</c>).</summary>
    public static bool NeedsClusterIP(Service service) => ServiceNeeds.ClusterAddress(service) && !ServiceNeeds.IsHeadless(service);

    /// <summary>Each port of the service needs a port on every node.</summary>
    public static bool NeedsNodePorts(Service service) => ServiceNeeds.NodePorts(service);

    /// <summary>The service needs a port on every node that tells its load balancer whether the node has endpoints.</summary>
    public static bool NeedsHealthCheckNodePort(Service service) => ServiceNeeds.HealthCheckNodePort(service);

    /// <summary>Gives a service what it already had and its client did not repeat, so that a PUT of a first manifest works a second time.</summary>
    public static Service KeepAllocated(Service updated, Service old)
    {
        var spec = updated.Spec;
        if (ServiceNeeds.ClusterAddress(old) && ServiceNeeds.ClusterAddress(updated))
        {
            if (string.IsNullOrEmpty(spec.ClusterIP)) spec = spec with { ClusterIP = old.Spec.ClusterIP };
            if (spec.ClusterIPs.Count == 0 && spec.ClusterIP == old.Spec.ClusterIP) spec = spec with { ClusterIPs = old.Spec.ClusterIPs };
        }
        if (ServiceNeeds.NodePorts(old) && ServiceNeeds.NodePorts(updated)) spec = spec with { Ports = KeepNodePorts(spec.Ports, old.Spec.Ports) };
        if (ServiceNeeds.HealthCheckNodePort(old) && ServiceNeeds.HealthCheckNodePort(updated) && spec.HealthCheckNodePort == 0)
            spec = spec with { HealthCheckNodePort = old.Spec.HealthCheckNodePort };
        return Synchronize(spec == updated.Spec ? updated : updated with { Spec = spec }, old);
    }

    /// <summary>Brings <c>clusterIP</c> and <c>clusterIPs</c> together where the client knows only the older one; <paramref name="old"/> is null for a new service.</summary>
    public static Service Synchronize(Service service, Service? old)
    {
        var spec = service.Spec;
        if (old is null)
            return !string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs.Count == 0 ? service with { Spec = spec with { ClusterIPs = [spec.ClusterIP] } } : service;
        var isSame = (spec.ClusterIP ?? "") == (old.Spec.ClusterIP ?? "");
        if (isSame && spec.ClusterIPs.Count == 0 && old.Spec.ClusterIPs.Count > 0) return service with { Spec = spec with { ClusterIPs = old.Spec.ClusterIPs } };
        if (isSame || spec.ClusterIPs != old.Spec.ClusterIPs) return service;
        return service with { Spec = spec with { ClusterIPs = string.IsNullOrEmpty(spec.ClusterIP) ? [] : [spec.ClusterIP] } };
    }

    /// <summary>
    /// Settles policy and families on a cluster that has IPv4 addresses for services alone. A service that must not pass comes back as it was, with the errors.
    /// </summary>
    public static (Service Service, IReadOnlyList<FieldError> Errors) SettleFamilies(Service service, Service? old)
    {
        var spec = service.Spec;
        if (spec.Type == "ExternalName") return (service, []);
        if (old is not null && spec.IpFamilyPolicy == "PreferDualStack" && old.Spec.IpFamilyPolicy == "PreferDualStack"
            && spec.ClusterIPs == old.Spec.ClusterIPs && spec.IpFamilies == old.Spec.IpFamilies) return (service, []);
        var isSelectorlessHeadless = spec.ClusterIP == "None" && spec.Selector.Count == 0;
        spec = spec with { IpFamilyPolicy = spec.IpFamilyPolicy ?? old?.Spec.IpFamilyPolicy ?? (isSelectorlessHeadless ? "RequireDualStack" : SingleStack) };

        var errors = new FieldErrors();
        ServiceAddressValidation.Check(errors, service with { Spec = spec }, old);
        if (errors.Count > 0) return (service, errors.Found);
        if (old is not null) spec = Reduce(errors, spec, old.Spec);
        if (spec.IpFamilyPolicy == SingleStack && spec.ClusterIPs.Count == 2)
            errors.Invalid(PolicyPath, spec.IpFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
        if (spec.IpFamilyPolicy == SingleStack && spec.IpFamilies.Count == 2)
            errors.Invalid(PolicyPath, spec.IpFamilyPolicy, "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
        spec = spec with { IpFamilies = FamiliesOf(errors, spec) };
        if (errors.Count > 0) return (service, errors.Found);

        if (isSelectorlessHeadless)
        {
            if (spec.IpFamilies.Count == 0) spec = spec with { IpFamilies = [DefaultFamily] };
            if (spec.IpFamilies.Count == 1 && spec.IpFamilyPolicy != SingleStack)
                spec = spec with { IpFamilies = [spec.IpFamilies[0], spec.IpFamilies[0] == DefaultFamily ? "IPv6" : DefaultFamily] };
            return (service with { Spec = spec }, []);
        }
        if (spec.IpFamilyPolicy == "RequireDualStack") errors.Invalid(PolicyPath, spec.IpFamilyPolicy, "this cluster is not configured for dual-stack services");
        for (var i = 0; i < spec.IpFamilies.Count; i++)
            if (spec.IpFamilies[i] != DefaultFamily) errors.Invalid(Spec.Child("ipFamilies").Index(i), spec.IpFamilies[i], "not configured on this cluster");
        if (errors.Count > 0) return (service, errors.Found);
        return (service with { Spec = spec.IpFamilies.Count > 0 ? spec : spec with { IpFamilies = [DefaultFamily] } }, []);
    }

    /// <summary>Who asks for a single family and leaves the rest as it was, wants the second one gone.</summary>
    private static ServiceSpec Reduce(FieldErrors errors, ServiceSpec spec, ServiceSpec old)
    {
        if (spec.IpFamilyPolicy == SingleStack)
            return spec with
            {
                ClusterIPs = spec.ClusterIPs.Count > 1 && spec.ClusterIPs == old.ClusterIPs ? [spec.ClusterIPs[0]] : spec.ClusterIPs,
                IpFamilies = spec.IpFamilies.Count > 1 && spec.IpFamilies == old.IpFamilies ? [spec.IpFamilies[0]] : spec.IpFamilies,
            };
        if (old.ClusterIPs.Count > spec.ClusterIPs.Count && spec.ClusterIPs.Count > 0)
            errors.Invalid(PolicyPath, spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP");
        if (old.IpFamilies.Count > spec.IpFamilies.Count && spec.IpFamilies.Count > 0)
            errors.Invalid(PolicyPath, spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary IP family");
        return spec;
    }

    private static ValueList<string> FamiliesOf(FieldErrors errors, ServiceSpec spec)
    {
        var families = spec.IpFamilies;
        for (var i = families.Count; i < spec.ClusterIPs.Count && spec.ClusterIPs[i] != "None"; i++)
        {
            var family = Addresses.IsV6(spec.ClusterIPs[i]) ? "IPv6" : DefaultFamily;
            if (family == DefaultFamily) families = families.Add(family);
            else errors.InvalidShown(Spec.Child("clusterIPs").Index(i), GoText.Strings(spec.ClusterIPs), $"{family} is not configured on this cluster");
        }
        return families;
    }

    private static ValueList<ServicePort> KeepNodePorts(ValueList<ServicePort> ports, ValueList<ServicePort> old)
    {
        var used = new HashSet<int>();
        foreach (var port in ports)
            foreach (var before in old)
                if (port.NodePort != 0 && port.NodePort == before.NodePort) used.Add(port.NodePort);
        return [.. ports.Select(port =>
        {
            if (port.NodePort != 0) return port;
            var before = old.FirstOrDefault(candidate => (candidate.Name ?? "") == (port.Name ?? ""))?.NodePort ?? 0;
            return before != 0 && used.Add(before) ? port with { NodePort = before } : port;
        })];
    }
}
