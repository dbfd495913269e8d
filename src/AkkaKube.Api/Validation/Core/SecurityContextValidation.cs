using System.Text.RegularExpressions;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>With which rights containers run; the part of Linux.</summary>
internal static partial class SecurityContextValidation
{
    private const string SysctlFormat = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

    public static void CheckContainer(FieldErrors errors, FieldPath path, SecurityContext context, bool hostUsers)
    {
        CheckId(errors, path, "runAsUser", context.RunAsUser);
        CheckId(errors, path, "runAsGroup", context.RunAsGroup);
        if (context.ProcMount is { } procMount)
        {
            if (procMount is not ("Default" or "Unmasked")) errors.NotSupported(path.Child("procMount"), procMount, "Default", "Unmasked");
            if (hostUsers && procMount == "Unmasked") errors.Invalid(path.Child("procMount"), procMount, "`hostUsers` must be false to use `Unmasked`");
        }
        CheckSeccomp(errors, path.Child("seccompProfile"), context.SeccompProfile);
        if (context.AllowPrivilegeEscalation is false) CheckNoEscalation(errors, path, context);
        WindowsValidation.CheckOptions(errors, path.Child("windowsOptions"), context.WindowsOptions);
        CheckAppArmor(errors, path.Child("appArmorProfile"), context.AppArmorProfile);
    }

    public static void CheckPod(FieldErrors errors, FieldPath path, PodSpec spec, in PodValidationOptions options)
    {
        if (spec.SecurityContext is { } context)
        {
            CheckId(errors, path, "fsGroup", context.FsGroup);
            CheckId(errors, path, "runAsUser", context.RunAsUser);
            CheckId(errors, path, "runAsGroup", context.RunAsGroup);
            for (var i = 0; i < context.SupplementalGroups.Count; i++)
                if (!Rules.IsId(context.SupplementalGroups[i])) errors.Invalid(path.Child("supplementalGroups").Index(i), context.SupplementalGroups[i], Rules.BetweenIds);
        }
        if (spec is { ShareProcessNamespace: true, HostPID: true })
            errors.InvalidShown(path.Child("shareProcessNamespace"), "true", "ShareProcessNamespace and HostPID cannot both be enabled");
        if (spec.SecurityContext is not { } pod) return;
        if (pod.Sysctls.Count > 0) CheckSysctls(errors, path.Child("sysctls"), spec, pod, options);
        if (pod.FsGroupChangePolicy is { } fs && fs is not ("OnRootMismatch" or "Always")) errors.NotSupported(path.Child("fsGroupChangePolicy"), fs, "Always", "OnRootMismatch");
        CheckSeccomp(errors, path.Child("seccompProfile"), pod.SeccompProfile);
        WindowsValidation.CheckOptions(errors, path.Child("windowsOptions"), pod.WindowsOptions);
        CheckAppArmor(errors, path.Child("appArmorProfile"), pod.AppArmorProfile);
        if (pod.SupplementalGroupsPolicy is { } groups && groups is not ("Merge" or "Strict")) errors.NotSupported(path.Child("supplementalGroupsPolicy"), groups, "Merge", "Strict");
        if (pod.SeLinuxChangePolicy is { } se && se is not ("MountOption" or "Recursive")) errors.NotSupported(path.Child("seLinuxChangePolicy"), se, "MountOption", "Recursive");
    }

    public static void CheckAppArmor(FieldErrors errors, FieldPath path, AppArmorProfile? profile)
    {
        if (profile is null) return;
        switch (profile.Type)
        {
            case "Localhost":
                if (profile.LocalhostProfile is not { } name) errors.Required(path.Child("localhostProfile"), "must be set when AppArmor type is Localhost");
                else
                {
                    if (name.Trim() != name) errors.Invalid(path.Child("localhostProfile"), name, "must not be padded with whitespace");
                    else if (name.Length == 0) errors.Required(path.Child("localhostProfile"), "must be set when AppArmor type is Localhost");
                    if (Names.Bytes(name) > 4095) errors.TooLong(path.Child("localhostProfile"), 4095);
                }
                break;
            case "RuntimeDefault" or "Unconfined":
                if (profile.LocalhostProfile is { } other) errors.Invalid(path.Child("localhostProfile"), other, "can only be set when AppArmor type is Localhost");
                break;
            case null or "":
                errors.Required(path.Child("type"), "type is required when appArmorProfile is set");
                break;
            default:
                errors.NotSupported(path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined");
                break;
        }
    }

    private static void CheckSeccomp(FieldErrors errors, FieldPath path, SeccompProfile? profile)
    {
        if (profile is null) return;
        if (string.IsNullOrEmpty(profile.Type)) errors.Required(path.Child("type"), "type is required when seccompProfile is set");
        else if (profile.Type is not ("Localhost" or "RuntimeDefault" or "Unconfined")) errors.NotSupported(path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined");
        if (profile.Type == "Localhost")
        {
            if (profile.LocalhostProfile is { } name) LocalPaths.CheckDescending(errors, path.Child("localhostProfile"), name);
            else errors.Required(path.Child("localhostProfile"), "must be set when seccomp type is Localhost");
        }
        else if (profile.LocalhostProfile is { } other)
            errors.InvalidShown(path.Child("localhostProfile"), $"{{\"Type\":{GoText.Json(profile.Type)},\"LocalhostProfile\":{GoText.Json(other)}}}", "can only be set when seccomp type is Localhost");
    }

    private static void CheckNoEscalation(FieldErrors errors, FieldPath path, SecurityContext context)
    {
        if (context.Privileged is true) errors.InvalidShown(path, GoSecurityText.Of(context), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        if (context.Capabilities is null) return;
        foreach (var capability in context.Capabilities.Add)
            if (capability == "CAP_SYS_ADMIN") errors.InvalidShown(path, GoSecurityText.Of(context), "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }

    private static void CheckId(FieldErrors errors, FieldPath path, string name, long? id)
    {
        if (id is { } value && !Rules.IsId(value)) errors.Invalid(path.Child(name), value, Rules.BetweenIds);
    }

    private static void CheckSysctls(FieldErrors errors, FieldPath path, PodSpec spec, PodSecurityContext context, in PodValidationOptions options)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < context.Sysctls.Count; i++)
        {
            var name = context.Sysctls[i].Name;
            var place = path.Index(i).Child("name");
            if (name.Length == 0) errors.Required(place);
            else if (Names.Bytes(name) > 253 || !Sysctl().IsMatch(name)) errors.Invalid(place, name, $"must have at most 253 characters and match regex {SysctlFormat}");
            else if (names.Contains(name)) errors.Duplicate(place, name);
            if (!options.AllowSysctlsOfHostNamespaces)
            {
                var plain = name.Replace('/', '.');
                if (spec.HostNetwork && plain.StartsWith("net.", StringComparison.Ordinal)) errors.Invalid(place, name, "may not be specified when 'hostNetwork' is true");
                else if (spec.HostIPC && IsIpc(plain)) errors.Invalid(place, name, "may not be specified when 'hostIPC' is true");
            }
            names.Add(name);
        }
    }

    private static bool IsIpc(string name) =>
        name == "kernel.sem" || name.StartsWith("kernel.shm", StringComparison.Ordinal) || name.StartsWith("kernel.msg", StringComparison.Ordinal)
        || name.StartsWith("fs.mqueue.", StringComparison.Ordinal);

    [GeneratedRegex(@"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sysctl();
}
