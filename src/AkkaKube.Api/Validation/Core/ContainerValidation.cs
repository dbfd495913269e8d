using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The containers of a pod: regular, init and ephemeral ones.</summary>
internal static class ContainerValidation
{
    private const string OnlySidecars = "may not be set for init containers without restartPolicy=Always";
    private const string NotEphemeral = "cannot be set for an Ephemeral Container";

    /// <summary>What a container's rules need to know of its pod.</summary>
    public readonly record struct Surroundings(PodSpec Spec, VolumeNames Volumes, HashSet<string>? Claims, bool HostUsers);

    public static void CheckRegular(FieldErrors errors, FieldPath path, in Surroundings pod, in PodValidationOptions options)
    {
        var containers = pod.Spec.Containers;
        if (containers.Count == 0)
        {
            errors.Required(path);
            return;
        }
        for (var i = 0; i < containers.Count; i++)
        {
            var container = containers[i];
            var place = path.Index(i);
            CheckCommon(errors, place, container, pod, options);
            if (IsNamedBefore(containers, i)) errors.Duplicate(place.Child("name"), container.Name);
            ProbeValidation.Check(errors, place, container, pod.Spec.TerminationGracePeriodSeconds);
            CheckRestartPolicy(errors, place, container);
        }
        CheckHostPorts(errors, path, containers, 0, containers.Count);
    }

    public static void CheckInit(FieldErrors errors, FieldPath path, in Surroundings pod, in PodValidationOptions options)
    {
        var containers = pod.Spec.InitContainers;
        for (var i = 0; i < containers.Count; i++)
        {
            var container = containers[i];
            var place = path.Index(i);
            CheckCommon(errors, place, container, pod, options);
            CheckRestartPolicy(errors, place, container);
            if (Has(pod.Spec.Containers, container.Name) || (container.Name.Length > 0 && IsNamedBefore(containers, i))) errors.Duplicate(place.Child("name"), container.Name);
            CheckHostPorts(errors, path, containers, i, i + 1);
            if (container.RestartPolicy == "Always") ProbeValidation.Check(errors, place, container, pod.Spec.TerminationGracePeriodSeconds);
            else
            {
                if (container.Lifecycle is not null) errors.Forbidden(place.Child("lifecycle"), OnlySidecars);
                if (container.LivenessProbe is not null) errors.Forbidden(place.Child("livenessProbe"), OnlySidecars);
                if (container.ReadinessProbe is not null) errors.Forbidden(place.Child("readinessProbe"), OnlySidecars);
                if (container.StartupProbe is not null) errors.Forbidden(place.Child("startupProbe"), OnlySidecars);
            }
        }
    }

    public static void CheckEphemeral(FieldErrors errors, FieldPath path, in Surroundings pod, in PodValidationOptions options)
    {
        var spec = pod.Spec;
        for (var i = 0; i < spec.EphemeralContainers.Count; i++)
        {
            var ephemeral = spec.EphemeralContainers[i];
            var container = PodContainers.AsContainer(ephemeral);
            var place = path.Index(i);
            CheckCommon(errors, place, container, pod, options);
            CheckImageOfPod(errors, place, container);
            if (Has(spec.Containers, container.Name) || Has(spec.InitContainers, container.Name) || IsNamedBefore(spec.EphemeralContainers, i))
                errors.Duplicate(place.Child("name"), container.Name);
            if (ephemeral.TargetContainerName is { Length: > 0 } target && !Has(spec.Containers, target) && !Has(spec.InitContainers, target))
                errors.NotFound(place.Child("targetContainerName"), target);
            CheckEphemeralFields(errors, place, container);
        }
    }

    /// <summary>What only a pod is asked, since templates always got away with it.</summary>
    public static void CheckImageOfPod(FieldErrors errors, FieldPath path, Container container)
    {
        if (container.Image is { Length: > 0 } image && (char.IsWhiteSpace(image[0]) || char.IsWhiteSpace(image[^1])))
            errors.Invalid(path.Child("image"), image, "must not have leading or trailing whitespace");
    }

    public static void CheckPullPolicy(FieldErrors errors, FieldPath path, string? policy)
    {
        if (policy is "Always" or "IfNotPresent" or "Never") return;
        if (string.IsNullOrEmpty(policy)) errors.Required(path);
        else errors.NotSupported(path, policy, "Always", "IfNotPresent", "Never");
    }

    private static void CheckCommon(FieldErrors errors, FieldPath path, Container container, in Surroundings pod, in PodValidationOptions options)
    {
        if (container.Name.Length == 0) errors.Required(path.Child("name"));
        else if (!Names.IsLabel(container.Name)) errors.Invalid(path.Child("name"), container.Name, Names.Label(container.Name));
        if (string.IsNullOrEmpty(container.Image)) errors.Required(path.Child("image"));
        if (container.TerminationMessagePolicy is not ("File" or "FallbackToLogsOnError"))
        {
            if (string.IsNullOrEmpty(container.TerminationMessagePolicy)) errors.Required(path.Child("terminationMessagePolicy"));
            else errors.NotSupported(path.Child("terminationMessagePolicy"), container.TerminationMessagePolicy, "File", "FallbackToLogsOnError");
        }
        if (container.Ports.Count > 0) CheckPorts(errors, path.Child("ports"), container.Ports);
        if (container.Env.Count > 0) EnvironmentValidation.Check(errors, path.Child("env"), container.Env, pod.Volumes);
        if (container.EnvFrom.Count > 0) EnvironmentValidation.CheckFrom(errors, path.Child("envFrom"), container.EnvFrom);
        if (container.VolumeMounts.Count > 0) MountValidation.CheckMounts(errors, path.Child("volumeMounts"), container, pod.Volumes);
        if (container.VolumeDevices.Count > 0) MountValidation.CheckDevices(errors, path.Child("volumeDevices"), container, pod.Volumes);
        CheckPullPolicy(errors, path.Child("imagePullPolicy"), container.ImagePullPolicy);
        ResourceValidation.CheckContainer(errors, path.Child("resources"), container.Resources, pod.Claims, options);
        if (container.ResizePolicy.Count > 0) CheckResizePolicy(errors, path.Child("resizePolicy"), container.ResizePolicy, pod.Spec.RestartPolicy);
        if (container.SecurityContext is { } security) SecurityContextValidation.CheckContainer(errors, path.Child("securityContext"), security, pod.HostUsers);
    }

    private static void CheckPorts(FieldErrors errors, FieldPath path, ValueList<ContainerPort> ports)
    {
        HashSet<string>? names = null;
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            if (!string.IsNullOrEmpty(port.Name))
            {
                if (Names.PortName(port.Name) is { Length: > 0 } wrong) errors.Invalid(path.Index(i).Child("name"), port.Name, wrong);
                else if (!(names ??= []).Add(port.Name)) errors.Duplicate(path.Index(i).Child("name"), port.Name);
            }
            if (port.ContainerPortValue == 0) errors.Required(path.Index(i).Child("containerPort"));
            else if (!Rules.IsPort(port.ContainerPortValue)) errors.Invalid(path.Index(i).Child("containerPort"), port.ContainerPortValue, Rules.BetweenPorts);
            if (port.HostPort != 0 && !Rules.IsPort(port.HostPort)) errors.Invalid(path.Index(i).Child("hostPort"), port.HostPort, Rules.BetweenPorts);
            CheckProtocol(errors, path.Index(i), port.Protocol);
        }
    }

    public static void CheckProtocol(FieldErrors errors, FieldPath path, string? protocol)
    {
        if (protocol is "TCP" or "UDP" or "SCTP") return;
        if (string.IsNullOrEmpty(protocol)) errors.Required(path.Child("protocol"));
        else errors.NotSupported(path.Child("protocol"), protocol, "SCTP", "TCP", "UDP");
    }

    private static void CheckHostPorts(FieldErrors errors, FieldPath path, ValueList<Container> containers, int from, int to)
    {
        HashSet<string>? seen = null;
        for (var i = from; i < to; i++)
            for (var p = 0; p < containers[i].Ports.Count; p++)
            {
                var port = containers[i].Ports[p];
                if (port.HostPort == 0) continue;
                var key = $"{port.Protocol}/{port.HostIP}/{port.HostPort}";
                if (!(seen ??= []).Add(key)) errors.Duplicate((to - from == 1 ? path.Index(0) : path.Index(i)).Child("ports").Index(p).Child("hostPort"), key);
            }
    }

    private static void CheckResizePolicy(FieldErrors errors, FieldPath path, ValueList<ContainerResizePolicy> policies, string? restartPolicy)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < policies.Count; i++)
        {
            var policy = policies[i];
            if (!seen.Add(policy.ResourceName)) errors.Duplicate(path.Index(i), policy.ResourceName);
            if (policy.ResourceName.Length == 0) errors.Required(path);
            else if (policy.ResourceName is not ("cpu" or "memory")) errors.NotSupported(path, policy.ResourceName, "cpu", "memory");
            if (policy.RestartPolicy.Length == 0) errors.Required(path);
            else if (policy.RestartPolicy is not ("NotRequired" or "RestartContainer")) errors.NotSupported(path, policy.RestartPolicy, "NotRequired", "RestartContainer");
            if (restartPolicy == "Never" && policy.RestartPolicy != "NotRequired")
                errors.Invalid(path, policy.RestartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
        }
    }

    private static void CheckRestartPolicy(FieldErrors errors, FieldPath path, Container container)
    {
        if (container.RestartPolicy is { } policy)
        {
            if (policy is not ("Always" or "Never" or "OnFailure")) errors.NotSupported(path.Child("restartPolicy"), policy, "Always", "Never", "OnFailure");
        }
        else if (container.RestartPolicyRules.Count > 0) errors.Required(path.Child("restartPolicy"), "must specify restartPolicy when restart rules are used");

        if (container.RestartPolicyRules.Count > 20) errors.TooMany(path.Child("restartPolicyRules"), container.RestartPolicyRules.Count, 20);
        for (var i = 0; i < container.RestartPolicyRules.Count; i++)
        {
            var rule = container.RestartPolicyRules[i];
            var place = path.Child("restartPolicyRules").Index(i);
            if (rule.Action is not ("Restart" or "RestartAllContainers")) errors.NotSupported(place.Child("action"), rule.Action, "Restart", "RestartAllContainers");
            if (rule.ExitCodes is not { } exit)
            {
                errors.Required(place.Child("exitCodes"), "must be specified");
                continue;
            }
            if (exit.Operator is not ("In" or "NotIn")) errors.NotSupported(place.Child("exitCodes", "operator"), exit.Operator, "In", "NotIn");
            if (exit.Values.Count > 255) errors.TooMany(place.Child("exitCodes", "values"), exit.Values.Count, 255);
        }
    }

    private static void CheckEphemeralFields(FieldErrors errors, FieldPath path, Container container)
    {
        if (container.Ports.Count > 0) errors.Forbidden(path.Child("ports"), NotEphemeral);
        if (container.Resources.Limits.Count + container.Resources.Requests.Count + container.Resources.Claims.Count > 0) errors.Forbidden(path.Child("resources"), NotEphemeral);
        if (container.ResizePolicy.Count > 0) errors.Forbidden(path.Child("resizePolicy"), NotEphemeral);
        if (container.RestartPolicy is not null) errors.Forbidden(path.Child("restartPolicy"), NotEphemeral);
        if (container.RestartPolicyRules.Count > 0) errors.Forbidden(path.Child("restartPolicyRules"), NotEphemeral);
        if (container.LivenessProbe is not null) errors.Forbidden(path.Child("livenessProbe"), NotEphemeral);
        if (container.ReadinessProbe is not null) errors.Forbidden(path.Child("readinessProbe"), NotEphemeral);
        if (container.StartupProbe is not null) errors.Forbidden(path.Child("startupProbe"), NotEphemeral);
        if (container.Lifecycle is not null) errors.Forbidden(path.Child("lifecycle"), NotEphemeral);
        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            if (!string.IsNullOrEmpty(container.VolumeMounts[i].SubPath)) errors.Forbidden(path.Child("volumeMounts").Index(i).Child("subPath"), NotEphemeral);
            if (!string.IsNullOrEmpty(container.VolumeMounts[i].SubPathExpr)) errors.Forbidden(path.Child("volumeMounts").Index(i).Child("subPathExpr"), NotEphemeral);
        }
    }

    private static bool Has(ValueList<Container> containers, string name)
    {
        foreach (var container in containers)
            if (container.Name == name) return true;
        return false;
    }

    private static bool IsNamedBefore(ValueList<Container> containers, int index)
    {
        for (var i = 0; i < index; i++)
            if (containers[i].Name == containers[index].Name) return true;
        return false;
    }

    private static bool IsNamedBefore(ValueList<EphemeralContainer> containers, int index)
    {
        for (var i = 0; i < index; i++)
            if (containers[i].Name == containers[index].Name) return true;
        return false;
    }
}
