using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The specification of a pod, in a pod or in a template (Kubernetes: ValidatePodSpec).</summary>
internal static class PodSpecValidation
{
    public static void Check(FieldErrors errors, FieldPath path, PodSpec spec, ObjectMeta? pod, in PodValidationOptions options)
    {
        if (spec.TerminationGracePeriodSeconds is null) errors.Required(path.Child("terminationGracePeriodSeconds"));
        var volumes = VolumeValidation.Check(errors, path.Child("volumes"), spec.Volumes, pod, options);
        var claims = CheckResourceClaims(errors, path.Child("resourceClaims"), spec.ResourceClaims);
        var around = new ContainerValidation.Surroundings(spec, volumes, claims, spec.HostUsers is not false);
        ContainerValidation.CheckRegular(errors, path.Child("containers"), around, options);
        if (spec.InitContainers.Count > 0) ContainerValidation.CheckInit(errors, path.Child("initContainers"), around, options);
        if (spec.EphemeralContainers.Count > 0) ContainerValidation.CheckEphemeral(errors, path.Child("ephemeralContainers"), around, options);
        ResourceValidation.CheckPod(errors, path.Child("resources"), spec, claims, options);
        CheckHostNetworkPorts(errors, path, spec, options);
        CheckRestartPolicy(errors, path.Child("restartPolicy"), spec.RestartPolicy);
        PodDnsValidation.CheckPolicy(errors, path.Child("dnsPolicy"), spec.DnsPolicy);
        if (spec.NodeSelector.Count > 0) Labels.Check(errors, path.Child("nodeSelector"), spec.NodeSelector);
        SecurityContextValidation.CheckPod(errors, path.Child("securityContext"), spec, options);
        if (spec.Affinity is { } affinity) AffinityValidation.Check(errors, path.Child("affinity"), affinity, options);
        PodDnsValidation.CheckConfig(errors, path.Child("dnsConfig"), spec.DnsConfig, spec.DnsPolicy);
        CheckGates(errors, path, spec);
        if (spec.TopologySpreadConstraints.Count > 0)
            TopologySpreadValidation.Check(errors, path.Child("topologySpreadConstraints"), spec.TopologySpreadConstraints, options);
        WindowsValidation.CheckHostProcess(errors, path, spec);
        if (spec.HostUsers is false) CheckHostUsers(errors, path, spec);
        CheckNames(errors, path, spec);
        if (spec.ActiveDeadlineSeconds is { } deadline and (< 1 or > int.MaxValue))
            errors.Invalid(path.Child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive");
        CheckHostname(errors, path, spec);
        if (spec.Tolerations.Count > 0) TolerationValidation.Check(errors, path.Child("tolerations"), spec.Tolerations);
        if (spec.HostAliases.Count > 0) PodDnsValidation.CheckHostAliases(errors, path.Child("hostAliases"), spec.HostAliases);
        CheckSubdomain(errors, path, "priorityClassName", spec.PriorityClassName);
        if (spec.RuntimeClassName is { } runtime && !Names.IsSubdomain(runtime)) errors.Invalid(path.Child("runtimeClassName"), runtime, Names.Subdomain(runtime));
        if (spec.PreemptionPolicy is { } preemption && preemption is not ("PreemptLowerPriority" or "Never"))
        {
            if (preemption.Length == 0) errors.Required(path.Child("preemptionPolicy"));
            else errors.NotSupported(path.Child("preemptionPolicy"), preemption, "PreemptLowerPriority", "Never");
        }
        if (spec.Overhead.Count > 0) ResourceValidation.CheckOverhead(errors, path.Child("overhead"), spec.Overhead, options);
        WindowsValidation.CheckSystem(errors, path, spec);
    }

    private static HashSet<string>? CheckResourceClaims(FieldErrors errors, FieldPath path, ValueList<PodResourceClaim> claims)
    {
        if (claims.Count == 0) return null;
        var names = new HashSet<string>();
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            var place = path.Index(i);
            if (claim.Name.Length == 0) errors.Required(place.Child("name"));
            else if (!names.Add(claim.Name)) errors.Duplicate(place.Child("name"), claim.Name);
            else errors.Invalid(place.Child("name"), claim.Name, Names.Label(claim.Name));
            if (claim is { ResourceClaimName: not null, ResourceClaimTemplateName: not null })
                errors.InvalidShown(place, Shown(claim), "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
            if (claim is { ResourceClaimName: null, ResourceClaimTemplateName: null })
                errors.InvalidShown(place, Shown(claim), "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            if (claim.ResourceClaimName is { } name) errors.Invalid(place.Child("resourceClaimName"), name, Names.Subdomain(name));
            if (claim.ResourceClaimTemplateName is { } template) errors.Invalid(place.Child("resourceClaimTemplateName"), template, Names.Subdomain(template));
        }
        return names;
    }

    private static string Shown(PodResourceClaim claim) =>
        $"{{\"Name\":{GoText.Json(claim.Name)},\"ResourceClaimName\":{GoText.Text(claim.ResourceClaimName)},\"ResourceClaimTemplateName\":{GoText.Text(claim.ResourceClaimTemplateName)}}}";

    /// <summary>On the host's network a port is the host's port; a template may leave that to the pod.</summary>
    private static void CheckHostNetworkPorts(FieldErrors errors, FieldPath path, PodSpec spec, in PodValidationOptions options)
    {
        if (!spec.HostNetwork) return;
        for (var i = 0; i < spec.Containers.Count; i++)
            for (var p = 0; p < spec.Containers[i].Ports.Count; p++)
            {
                var port = spec.Containers[i].Ports[p];
                if ((options.IsPod || port.HostPort != 0) && port.HostPort != port.ContainerPortValue)
                    errors.Invalid(path.Child("containers").Index(i).Child("ports").Index(p).Child("hostPort"), port.HostPort, "must match `containerPort` when `hostNetwork` is true");
            }
    }

    private static void CheckRestartPolicy(FieldErrors errors, FieldPath path, string? policy)
    {
        if (policy is "Always" or "OnFailure" or "Never") return;
        if (string.IsNullOrEmpty(policy)) errors.Required(path);
        else errors.NotSupported(path, policy, "Always", "OnFailure", "Never");
    }

    private static void CheckGates(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        for (var i = 0; i < spec.ReadinessGates.Count; i++)
            if (Labels.Key(spec.ReadinessGates[i].ConditionType) is { Length: > 0 } wrong)
                errors.Invalid(path.Child("readinessGates").Index(i).Child("conditionType"), spec.ReadinessGates[i].ConditionType, wrong);
        for (var i = 0; i < spec.SchedulingGates.Count; i++)
        {
            var gate = spec.SchedulingGates[i].Name;
            if (Labels.Key(gate) is { Length: > 0 } wrong) errors.Invalid(path.Child("schedulingGates").Index(i), gate, wrong);
            for (var j = 0; j < i; j++)
                if (spec.SchedulingGates[j].Name == gate)
                {
                    errors.Duplicate(path.Child("schedulingGates").Index(i), gate);
                    break;
                }
        }
    }

    private static void CheckHostUsers(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        if (spec.HostNetwork) errors.Forbidden(path.Child("hostNetwork"), "when `pod.Spec.HostUsers` is false");
        if (spec.HostPID) errors.Forbidden(path.Child("HostPID"), "when `pod.Spec.HostUsers` is false");
        if (spec.HostIPC) errors.Forbidden(path.Child("HostIPC"), "when `pod.Spec.HostUsers` is false");
    }

    private static void CheckNames(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        CheckSubdomain(errors, path, "serviceAccountName", spec.ServiceAccountName);
        CheckSubdomain(errors, path, "nodeName", spec.NodeName);
    }

    private static void CheckHostname(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        if (!string.IsNullOrEmpty(spec.Hostname) && !Names.IsLabel(spec.Hostname)) errors.Invalid(path.Child("hostname"), spec.Hostname, Names.Label(spec.Hostname));
        if (!string.IsNullOrEmpty(spec.Subdomain) && !Names.IsLabel(spec.Subdomain)) errors.Invalid(path.Child("subdomain"), spec.Subdomain, Names.Label(spec.Subdomain));
        if (spec.HostnameOverride is not { } name) return;
        errors.Invalid(path.Child("hostnameOverride"), name, Names.Subdomain(name));
        if (Names.Bytes(name) > 64) errors.TooLong(path.Child("hostnameOverride"), 64);
        if (spec.HostNetwork) errors.Forbidden(path.Child("hostnameOverride"), "may not be specified when hostNetwork is true");
        if (spec.SetHostnameAsFQDN is true) errors.Forbidden(path.Child("setHostnameAsFQDN"), "may not be true when hostnameOverride is specified");
    }

    private static void CheckSubdomain(FieldErrors errors, FieldPath path, string field, string? name)
    {
        if (!string.IsNullOrEmpty(name) && !Names.IsSubdomain(name)) errors.Invalid(path.Child(field), name, Names.Subdomain(name));
    }
}
