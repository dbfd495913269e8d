using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Api.Validation;
using AkkaKube.Api.Validation.Core;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>What the author of a pod, or of a pod template, should know.</summary>
internal static class PodWarnings
{
    private const string NullSelector = "a null labelSelector results in matching no pod";
    private const string SeccompField = "non-functional in v1.27+; use the \"seccompProfile\" field instead";

    private static readonly string[] ByteResources = ["memory", "ephemeral-storage"];

    /// <summary><paramref name="template"/> is where the template stands, null for a pod itself.</summary>
    public static void Add(Warnings warnings, FieldPath? template, ObjectMeta meta, PodSpec spec)
    {
        var path = template?.Child("spec") ?? PodValidation.Spec;
        var annotations = template?.Child("metadata", "annotations") ?? ObjectMetaValidation.Metadata.Child("annotations");
        Scheduling(warnings, path, spec);
        RetiredAnnotations(warnings, annotations, meta);
        for (var i = 0; i < spec.Volumes.Count; i++) VolumeWarnings.Retired(warnings, path.Child("volumes").Index(i), spec.Volumes[i]);
        foreach (var volume in spec.Volumes) VolumeWarnings.Overlaps(warnings, volume);
        Repetitions(warnings, path, spec);
        Fractions(warnings, path.Child("overhead"), spec.Overhead);
        if (spec.SecurityContext?.SeccompProfile is null && meta.Annotations.ContainsKey(PodAnnotations.Seccomp)) warnings.Add(annotations.Key(PodAnnotations.Seccomp), SeccompField);
        foreach (var (container, place) in PodContainers.Of(spec))
        {
            if (meta.Annotations.Count > 0) RetiredAnnotations(warnings, annotations, template is not null, meta, spec, container);
            if (container.Resources.Limits.Count + container.Resources.Requests.Count > 0)
            {
                var resources = place.In(path).Child("resources");
                foreach (var name in ByteResources)
                {
                    Fraction(warnings, resources.Child("limits"), container.Resources.Limits, name);
                    Fraction(warnings, resources.Child("requests"), container.Resources.Requests, name);
                }
            }
            if (container.Env.Count > 1) HiddenVariables(warnings, place.In(path).Child("env"), container.Env);
        }
        PortWarnings.Add(warnings, path, spec);
        if (spec.TerminationGracePeriodSeconds < 0)
            warnings.Add(path.Child("terminationGracePeriodSeconds"), "must be >= 0; negative values are invalid and will be treated as 1");
        if (spec.Affinity?.PodAffinity is { } near)
            NullSelectors(warnings, path.Child("affinity", "podAffinity"), near.RequiredDuringSchedulingIgnoredDuringExecution, near.PreferredDuringSchedulingIgnoredDuringExecution);
        if (spec.Affinity?.PodAntiAffinity is { } far)
            NullSelectors(warnings, path.Child("affinity", "podAntiAffinity"), far.RequiredDuringSchedulingIgnoredDuringExecution, far.PreferredDuringSchedulingIgnoredDuringExecution);
    }

    private static void Scheduling(Warnings warnings, FieldPath path, PodSpec spec)
    {
        foreach (var (key, _) in spec.NodeSelector)
            if (NodeLabelWarnings.Deprecation(key) is { } text) warnings.Add(path.Child("nodeSelector").Key(key), text);
        if (spec.Affinity?.NodeAffinity is { } node)
        {
            var place = path.Child("affinity", "nodeAffinity");
            var required = node.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [];
            for (var i = 0; i < required.Count; i++)
                NodeLabelWarnings.Add(warnings, place.Child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").Index(i), required[i], checkValues: false);
            var preferred = node.PreferredDuringSchedulingIgnoredDuringExecution;
            for (var i = 0; i < preferred.Count; i++)
                NodeLabelWarnings.Add(warnings, place.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i).Child("preference"), preferred[i].Preference, checkValues: true);
        }
        for (var i = 0; i < spec.TopologySpreadConstraints.Count; i++)
        {
            var constraint = spec.TopologySpreadConstraints[i];
            var place = path.Child("topologySpreadConstraints").Index(i);
            if (NodeLabelWarnings.Deprecation(constraint.TopologyKey) is { } text) warnings.Add(place.Child("topologyKey"), $"{constraint.TopologyKey} is {text}");
            if (constraint.LabelSelector is null) warnings.Add(place.Child("labelSelector"), NullSelector);
        }
    }

    private static void RetiredAnnotations(Warnings warnings, FieldPath path, ObjectMeta meta)
    {
        if (meta.Annotations.Count == 0) return;
        Retired("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead");
        Retired("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead");
        Retired("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead");

        void Retired(string key, string text)
        {
            if (meta.Annotations.ContainsKey(key)) warnings.Add(path.Key(key), text);
        }
    }

    private static void RetiredAnnotations(Warnings warnings, FieldPath path, bool isTemplate, ObjectMeta meta, PodSpec spec, Container container)
    {
        var seccomp = PodAnnotations.SeccompContainer + container.Name;
        if (container.SecurityContext?.SeccompProfile is null && meta.Annotations.ContainsKey(seccomp)) warnings.Add(path.Key(seccomp), SeccompField);
        // The annotation of a pod is written into the field, the annotation of a template stays what it is.
        var armor = PodAnnotations.AppArmor + container.Name;
        if (isTemplate && (container.SecurityContext?.AppArmorProfile ?? spec.SecurityContext?.AppArmorProfile) is null && meta.Annotations.ContainsKey(armor))
            warnings.Add(path.Key(armor), "deprecated since v1.30; use the \"appArmorProfile\" field instead");
    }

    private static void Repetitions(Warnings warnings, FieldPath path, PodSpec spec)
    {
        for (var i = 1; i < spec.HostAliases.Count; i++)
            for (var j = 0; j < i; j++)
                if (spec.HostAliases[j].Ip == spec.HostAliases[i].Ip)
                {
                    warnings.Add(path.Child("hostAliases").Index(i).Child("ip"), $"duplicate ip {ShownValue.Of(spec.HostAliases[i].Ip)}");
                    break;
                }
        for (var i = 1; i < spec.ImagePullSecrets.Count; i++)
            for (var j = 0; j < i; j++)
                if (spec.ImagePullSecrets[j] == spec.ImagePullSecrets[i])
                {
                    warnings.Add(path.Child("imagePullSecrets").Index(i).Child("name"), $"duplicate name {ShownValue.Of(spec.ImagePullSecrets[i].Name)}");
                    break;
                }
        for (var i = 0; i < spec.ImagePullSecrets.Count; i++)
            if (string.IsNullOrEmpty(spec.ImagePullSecrets[i].Name)) warnings.Add(path.Child("imagePullSecrets").Index(i).Child("name"), "invalid empty name \"\"");
    }

    private static void Fractions(Warnings warnings, FieldPath path, ValueMap<Quantity> resources)
    {
        foreach (var name in ByteResources) Fraction(warnings, path, resources, name);
    }

    private static void Fraction(Warnings warnings, FieldPath path, ValueMap<Quantity> resources, string name)
    {
        if (resources.TryGetValue(name, out var quantity) && quantity.MilliValue % 1000 != 0)
            warnings.Add(path.Key(name), $"fractional byte value {ShownValue.Of(quantity.ToString())} is invalid, must be an integer");
    }

    private static void HiddenVariables(Warnings warnings, FieldPath path, ValueList<EnvVar> variables)
    {
        for (var i = 1; i < variables.Count; i++)
        {
            var variable = variables[i];
            var isRepeated = false;
            for (var j = 0; j < i && !isRepeated; j++) isRepeated = variables[j].Name == variable.Name;
            if (!isRepeated) continue;
            var reference = $"$({variable.Name})";
            if (variable.ValueFrom is not null || variable.Value == reference || !(variable.Value ?? "").Contains(reference, StringComparison.Ordinal))
                warnings.Add(path.Index(i), $"hides previous definition of {ShownValue.Of(variable.Name)}, which may be dropped when using apply");
        }
    }

    private static void NullSelectors(Warnings warnings, FieldPath path, ValueList<PodAffinityTerm> required, ValueList<WeightedPodAffinityTerm> preferred)
    {
        for (var i = 0; i < required.Count; i++)
            if (required[i].LabelSelector is null) warnings.Add(path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i).Child("labelSelector"), NullSelector);
        for (var i = 0; i < preferred.Count; i++)
            if (preferred[i].PodAffinityTerm.LabelSelector is null)
                warnings.Add(path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i).Child("podAffinityTerm", "labelSelector"), NullSelector);
    }
}
