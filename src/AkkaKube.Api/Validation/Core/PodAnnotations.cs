using System.Globalization;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>The annotations of a pod that mean something to Kubernetes.</summary>
internal static class PodAnnotations
{
    public const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";
    public const string Mirror = "kubernetes.io/config.mirror";
    public const string Seccomp = "seccomp.security.alpha.kubernetes.io/pod";
    public const string SeccompContainer = "container.seccomp.security.alpha.kubernetes.io/";
    public const string AppArmor = "container.apparmor.security.beta.kubernetes.io/";
    public const string AppArmorLocalhost = "localhost/";

    public static void Check(FieldErrors errors, FieldPath path, ValueMap<string> annotations, PodSpec spec, in PodValidationOptions options)
    {
        if (annotations.Count == 0) return;
        if (annotations.TryGetValue(Mirror, out var mirror) && string.IsNullOrEmpty(spec.NodeName))
            errors.Invalid(path.Key(Mirror), mirror, "must set spec.nodeName if mirror pod annotation is set");
        if (!options.AllowInvalidDeletionCost && annotations.TryGetValue(DeletionCost, out var cost) && !IsDeletionCost(cost))
            errors.Invalid(path.Key(DeletionCost), cost, "must be a 32bit integer");
        if (annotations.TryGetValue(Seccomp, out var seccomp)) CheckSeccomp(errors, path.Child(Seccomp), seccomp);
        foreach (var (key, value) in annotations)
        {
            if (key.StartsWith(SeccompContainer, StringComparison.Ordinal)) CheckSeccomp(errors, path.Child(key), value);
            if (!key.StartsWith(AppArmor, StringComparison.Ordinal)) continue;
            var container = key[AppArmor.Length..];
            if (!HasContainer(spec, container)) errors.Invalid(path.Key(key), container, "container not found");
            if (value is not ("" or "runtime/default" or "unconfined") && !value.StartsWith(AppArmorLocalhost, StringComparison.Ordinal))
                errors.Invalid(path.Key(key), value, $"invalid AppArmor profile name: {ShownValue.Of(value)}");
        }
    }

    /// <summary>Some annotations may not come, go or change.</summary>
    public static void CheckUpdate(FieldErrors errors, FieldPath path, Pod pod, Pod old, in PodValidationOptions options)
    {
        var (now, before) = (pod.Metadata.Annotations, old.Metadata.Annotations);
        foreach (var (key, value) in before)
        {
            if (now.TryGetValue(key, out var same) && same == value) continue;
            if (key.StartsWith(AppArmor, StringComparison.Ordinal)) errors.Forbidden(path.Key(key), "may not remove or update AppArmor annotations");
            if (key == Mirror) errors.Forbidden(path.Key(key), "may not remove or update mirror pod annotation");
        }
        foreach (var (key, _) in now)
        {
            if (before.ContainsKey(key)) continue;
            if (key.StartsWith(AppArmor, StringComparison.Ordinal)) errors.Forbidden(path.Key(key), "may not add AppArmor annotations");
            if (key == Mirror) errors.Forbidden(path.Key(key), "may not add mirror pod annotation");
        }
        Check(errors, path, now, pod.Spec, options);
    }

    /// <summary>Where an old annotation and the field that took its place are both given, they must say the same.</summary>
    public static void CheckAgainstFields(FieldErrors errors, FieldPath path, ObjectMeta meta, PodSpec spec)
    {
        if (meta.Annotations.Count == 0) return;
        if (spec.SecurityContext?.SeccompProfile is { } ofPod && meta.Annotations.TryGetValue(Seccomp, out var text))
            CheckSame(errors, path.Child("securityContext", "seccompProfile"), "seccomp", text, ofPod.Type, ofPod.LocalhostProfile, "runtime/default", "docker/default");
        foreach (var (container, place) in PodContainers.Of(spec))
        {
            if (container.SecurityContext?.SeccompProfile is { } own && meta.Annotations.TryGetValue(SeccompContainer + container.Name, out var seccomp))
                CheckSame(errors, place.In(path).Child("securityContext", "seccompProfile"), "seccomp", seccomp, own.Type, own.LocalhostProfile, "runtime/default", "docker/default");
            if (spec.Os?.Name != "windows" && (container.SecurityContext?.AppArmorProfile ?? spec.SecurityContext?.AppArmorProfile) is { } armor
                && meta.Annotations.TryGetValue(AppArmor + container.Name, out var apparmor))
                CheckSame(errors, place.In(path).Child("securityContext", "appArmorProfile"), "apparmor", apparmor, armor.Type, armor.LocalhostProfile, "runtime/default", "runtime/default");
        }
    }

    public static bool IsDeletionCost(string value) =>
        value.Length > 0 && value[0] != '+' && !(value.Length > 1 && value[0] == '0') && !(value.Length > 1 && value[0] == '-' && value[1] == '0')
        && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static void CheckSame(
        FieldErrors errors, FieldPath path, string what, string annotation, string? type, string? profile, string runtimeDefault, string otherDefault)
    {
        var sameType = type switch
        {
            "Unconfined" => annotation == "unconfined",
            "RuntimeDefault" => annotation == runtimeDefault || annotation == otherDefault,
            "Localhost" => annotation.StartsWith(AppArmorLocalhost, StringComparison.Ordinal),
            _ => true,
        };
        if (!sameType) errors.Forbidden(path.Child("type"), $"{what} type in annotation and field must match");
        else if (type == "Localhost" && annotation[AppArmorLocalhost.Length..] != profile)
            errors.Forbidden(path.Child("localhostProfile"), $"{what} profile in annotation and field must match");
    }

    private static void CheckSeccomp(FieldErrors errors, FieldPath path, string profile)
    {
        if (profile is "runtime/default" or "docker/default" or "unconfined") return;
        if (profile.StartsWith(AppArmorLocalhost, StringComparison.Ordinal)) LocalPaths.CheckDescending(errors, path, profile[AppArmorLocalhost.Length..]);
        else errors.Invalid(path, profile, "must be a valid seccomp profile");
    }

    private static bool HasContainer(PodSpec spec, string name)
    {
        foreach (var (container, _) in PodContainers.Of(spec))
            if (container.Name == name) return true;
        return false;
    }
}
