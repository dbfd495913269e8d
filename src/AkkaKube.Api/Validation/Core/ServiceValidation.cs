using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>Services (Kubernetes: ValidateService). Ports and addresses that the server allocates are there already.</summary>
internal static class ServiceValidation
{
    public const string TopologyHints = "service.kubernetes.io/topology-aware-hints";
    public const string TopologyMode = "service.kubernetes.io/topology-mode";
    public const string SourceRanges = "service.beta.kubernetes.io/load-balancer-source-ranges";

    private const int MaxAffinitySeconds = 86400;
    private const string OnlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
    private const string NotExternalName = "may not be set for ExternalName services";

    private static readonly FieldPath Spec = new("spec");
    private static readonly FieldPath Ports = Spec.Child("ports");

    public static bool IsHeadless(Service service) => service.Spec.ClusterIPs is ["None"];

    public static void CheckCreate(FieldErrors errors, Service service) => Check(errors, service, null);

    public static void CheckUpdate(FieldErrors errors, Service service, Service old)
    {
        ObjectMetaValidation.CheckCoreUpdate(errors, service.Metadata, old.Metadata);
        ServiceAddressValidation.CheckUpdate(errors, service, old);
        CheckLoadBalancerClass(errors, service, old);
        if (NeedsHealthCheck(old) && NeedsHealthCheck(service) && service.Spec.HealthCheckNodePort != old.Spec.HealthCheckNodePort)
            errors.Forbidden(Spec.Child("healthCheckNodePort"), Rules.Immutable);
        Check(errors, service, old);
    }

    private static void Check(FieldErrors errors, Service service, Service? old)
    {
        var spec = service.Spec;
        ObjectMetaValidation.CheckCore(errors, service.Metadata, namespaced: true, Names.LabelName);
        CheckTopology(errors, service);
        if (spec.Ports.Count == 0 && !IsHeadless(service) && spec.Type != "ExternalName") errors.Required(Ports);
        CheckType(errors, service);
        CheckPorts(errors, spec);
        Labels.Check(errors, Spec.Child("selector"), spec.Selector);
        CheckAffinity(errors, spec);
        ServiceAddressValidation.Check(errors, service, old);
        for (var i = 0; i < spec.ExternalIPs.Count; i++)
            if (Addresses.Check(errors, Spec.Child("externalIPs").Index(i), spec.ExternalIPs[i], old?.Spec.ExternalIPs))
                Addresses.CheckReachable(errors, Spec.Child("externalIPs").Index(i), spec.ExternalIPs[i]);
        if (string.IsNullOrEmpty(spec.Type)) errors.Required(Spec.Child("type"));
        else if (spec.Type is not ("ClusterIP" or "ExternalName" or "LoadBalancer" or "NodePort"))
            errors.NotSupported(Spec.Child("type"), spec.Type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        CheckNodePorts(errors, spec);
        CheckLoadBalancer(errors, service, old);
        CheckLoadBalancerClass(errors, service, null);
        CheckTrafficPolicies(errors, service);
    }

    private static void CheckTopology(FieldErrors errors, Service service)
    {
        var annotations = service.Metadata.Annotations;
        if (annotations.TryGetValue(TopologyMode, out var mode) && annotations.TryGetValue(TopologyHints, out var hints) && mode != hints)
            errors.Invalid(ObjectMetaValidation.Metadata.Child("annotations").Key(TopologyMode), mode, $"must match annotations[{TopologyHints}] when both are specified");
    }

    private static void CheckType(FieldErrors errors, Service service)
    {
        var spec = service.Spec;
        switch (spec.Type)
        {
            case "LoadBalancer" or "NodePort":
                if (IsHeadless(service)) errors.Invalid(Spec.Child("clusterIPs").Index(0), "None", $"may not be set to 'None' for {spec.Type} services");
                break;
            case "ExternalName":
                if (spec.ClusterIPs.Count > 0) errors.Forbidden(Spec.Child("clusterIPs"), NotExternalName);
                if (spec.IpFamilies.Count > 0) errors.Forbidden(Spec.Child("ipFamilies"), NotExternalName);
                if (spec.IpFamilyPolicy is not null) errors.Forbidden(Spec.Child("ipFamilyPolicy"), NotExternalName);
                var name = spec.ExternalName ?? "";
                if (name.EndsWith('.')) name = name[..^1];
                if (name.Length == 0) errors.Required(Spec.Child("externalName"));
                else errors.Invalid(Spec.Child("externalName"), name, Names.Subdomain(name));
                break;
        }
    }

    private static void CheckPorts(FieldErrors errors, ServiceSpec spec)
    {
        HashSet<string>? names = null;
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            var path = Ports.Index(i);
            if (!string.IsNullOrEmpty(port.Name))
            {
                if (!Names.IsLabel(port.Name)) errors.Invalid(path.Child("name"), port.Name, Names.Label(port.Name));
                if (!(names ??= []).Add(port.Name)) errors.Duplicate(path.Child("name"), port.Name);
            }
            else if (spec.Ports.Count > 1) errors.Required(path.Child("name"));
            if (!Rules.IsPort(port.Port)) errors.Invalid(path.Child("port"), port.Port, Rules.BetweenPorts);
            ContainerValidation.CheckProtocol(errors, path, port.Protocol);
            ProbeValidation.CheckPort(errors, path.Child("targetPort"), port.TargetPort);
            if (port.AppProtocol is { } protocol) errors.Invalid(path.Child("appProtocol"), protocol, Labels.Key(protocol));
        }
    }

    private static void CheckAffinity(FieldErrors errors, ServiceSpec spec)
    {
        var path = Spec.Child("sessionAffinityConfig");
        switch (spec.SessionAffinity)
        {
            case null or "":
                errors.Required(Spec.Child("sessionAffinity"));
                break;
            case "ClientIP":
                const string when = "when session affinity type is ClientIP";
                if (spec.SessionAffinityConfig is not { } config) errors.Required(path, when);
                else if (config.ClientIP is not { } client) errors.Required(path.Child("clientIP"), when);
                else if (client.TimeoutSeconds is not { } seconds) errors.Required(path.Child("clientIP", "timeoutSeconds"), when);
                else if (seconds is <= 0 or > MaxAffinitySeconds)
                    errors.Invalid(path.Child("clientIP", "timeoutSeconds"), seconds, $"must be greater than 0 and less than {MaxAffinitySeconds}");
                break;
            case "None":
                if (spec.SessionAffinityConfig is not null) errors.Forbidden(path, "must not be set when session affinity is None");
                break;
            default:
                errors.NotSupported(Spec.Child("sessionAffinity"), spec.SessionAffinity, "ClientIP", "None");
                break;
        }
    }

    private static void CheckNodePorts(FieldErrors errors, ServiceSpec spec)
    {
        for (var i = 0; i < spec.Ports.Count; i++)
            if (spec.Type == "ClusterIP" && spec.Ports[i].NodePort != 0) errors.Forbidden(Ports.Index(i).Child("nodePort"), "may not be used when `type` is 'ClusterIP'");
        for (var i = 0; i < spec.Ports.Count; i++)
            if (spec.Ports[i].NodePort != 0 && IsBefore(spec.Ports, i, (a, b) => a.NodePort == b.NodePort && a.Protocol == b.Protocol))
                errors.Add(FieldError.DuplicateShown(Ports.Index(i).Child("nodePort"), ShownValue.Of(spec.Ports[i].NodePort)));
        for (var i = 0; i < spec.Ports.Count; i++)
            if (IsBefore(spec.Ports, i, (a, b) => a.Port == b.Port && a.Protocol == b.Protocol))
                errors.Add(FieldError.DuplicateShown(Ports.Index(i),
                    $"{{\"Name\":\"\",\"Protocol\":{GoText.Json(spec.Ports[i].Protocol)},\"AppProtocol\":null,\"Port\":{spec.Ports[i].Port},\"TargetPort\":0,\"NodePort\":0}}"));
    }

    private static bool IsBefore(ValueList<ServicePort> ports, int index, Func<ServicePort, ServicePort, bool> same)
    {
        for (var i = 0; i < index; i++)
            if (same(ports[i], ports[index])) return true;
        return false;
    }

    private static void CheckLoadBalancer(FieldErrors errors, Service service, Service? old)
    {
        var spec = service.Spec;
        var is_ = spec.Type == "LoadBalancer";
        if (spec.LoadBalancerSourceRanges.Count > 0)
        {
            var path = Spec.Child("LoadBalancerSourceRanges");
            if (!is_) errors.Forbidden(path, OnlyLoadBalancer);
            for (var i = 0; i < spec.LoadBalancerSourceRanges.Count; i++)
                Addresses.CheckBlock(errors, path.Index(i), spec.LoadBalancerSourceRanges[i].Trim(), old?.Spec.LoadBalancerSourceRanges);
        }
        else if (service.Metadata.Annotations.TryGetValue(SourceRanges, out var ranges))
        {
            var path = ObjectMetaValidation.Metadata.Child("annotations").Key(SourceRanges);
            if (!is_) errors.Forbidden(path, OnlyLoadBalancer);
            if (ranges.Trim().Length > 0)
                foreach (var range in ranges.Trim().Split(',')) Addresses.CheckBlock(errors, path, range.Trim());
        }
        if (spec.AllocateLoadBalancerNodePorts is not null && !is_) errors.Forbidden(Spec.Child("allocateLoadBalancerNodePorts"), OnlyLoadBalancer);
        if (is_ && spec.AllocateLoadBalancerNodePorts is null) errors.Required(new FieldPath("allocateLoadBalancerNodePorts"));
    }

    private static void CheckLoadBalancerClass(FieldErrors errors, Service service, Service? old)
    {
        var path = Spec.Child("loadBalancerClass");
        if (old is { Spec.Type: "LoadBalancer" } && service.Spec.Type == "LoadBalancer" && old.Spec.LoadBalancerClass != service.Spec.LoadBalancerClass)
            errors.InvalidShown(path, GoText.Text(service.Spec.LoadBalancerClass), "may not change once set");
        if (service.Spec.LoadBalancerClass is not { } name) return;
        if (service.Spec.Type == "LoadBalancer") errors.Invalid(path, name, Labels.Key(name));
        else errors.Forbidden(path, OnlyLoadBalancer);
    }

    private static void CheckTrafficPolicies(FieldErrors errors, Service service)
    {
        var spec = service.Spec;
        var external = Spec.Child("externalTrafficPolicy");
        if (!IsExternallyAccessible(service))
        {
            if (!string.IsNullOrEmpty(spec.ExternalTrafficPolicy)) errors.Invalid(external, spec.ExternalTrafficPolicy, "may only be set for externally-accessible services");
        }
        else if (string.IsNullOrEmpty(spec.ExternalTrafficPolicy)) errors.Required(external);
        else if (spec.ExternalTrafficPolicy is not ("Cluster" or "Local")) errors.NotSupported(external, spec.ExternalTrafficPolicy, "Cluster", "Local");

        var health = Spec.Child("healthCheckNodePort");
        if (!NeedsHealthCheck(service))
        {
            if (spec.HealthCheckNodePort != 0)
                errors.Invalid(health, spec.HealthCheckNodePort, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
        else if (spec.HealthCheckNodePort == 0) errors.Required(health);
        else if (!Rules.IsPort(spec.HealthCheckNodePort)) errors.Invalid(health, spec.HealthCheckNodePort, Rules.BetweenPorts);

        if (spec.InternalTrafficPolicy is not { } inner)
        {
            if (spec.Type is "NodePort" or "LoadBalancer" or "ClusterIP") errors.Required(Spec.Child("internalTrafficPolicy"));
        }
        else if (inner is not ("Cluster" or "Local")) errors.NotSupported(Spec.Child("internalTrafficPolicy"), inner, "Cluster", "Local");

        if (spec.TrafficDistribution is { } distribution && distribution is not ("PreferClose" or "PreferSameZone" or "PreferSameNode"))
            errors.NotSupported(Spec.Child("trafficDistribution"), distribution, "PreferClose", "PreferSameZone", "PreferSameNode");
    }

    private static bool IsExternallyAccessible(Service service) =>
        service.Spec.Type is "LoadBalancer" or "NodePort" || (service.Spec.Type == "ClusterIP" && service.Spec.ExternalIPs.Count > 0);

    /// <summary>Whether a load balancer must be able to ask a node if it has pods of the service.</summary>
    public static bool NeedsHealthCheck(Service service) => service.Spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };
}
