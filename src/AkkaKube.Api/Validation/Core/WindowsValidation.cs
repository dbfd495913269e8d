using System.Text.RegularExpressions;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>What concerns Windows: the options of a security context, and what a pod of another system may not have.</summary>
internal static partial class WindowsValidation
{
    private const string NotForWindows = "cannot be set for a windows pod";
    private const string NotForLinux = "windows options cannot be set for a linux pod";

    public static void CheckOptions(FieldErrors errors, FieldPath path, WindowsSecurityContextOptions? options)
    {
        if (options is null) return;
        if (options.GmsaCredentialSpecName is { } spec) errors.Invalid(path.Child("gmsaCredentialSpecName"), spec, Names.Subdomain(spec));
        if (options.GmsaCredentialSpec is { } content)
        {
            if (content.Length == 0) errors.Invalid(path.Child("gmsaCredentialSpec"), content, "gmsaCredentialSpec cannot be an empty string");
            else if (Names.Bytes(content) > 64 * 1024) errors.Invalid(path.Child("gmsaCredentialSpec"), content, "gmsaCredentialSpec size must be under 64 KiB");
        }
        if (options.RunAsUserName is { } user) CheckUser(errors, path.Child("runAsUserName"), user);
    }

    private static void CheckUser(FieldErrors errors, FieldPath path, string name)
    {
        var parts = name.Split('\\');
        if (name.Length == 0) errors.Invalid(path, name, "runAsUserName cannot be an empty string");
        else if (name.Any(c => c is < ' ' or '\u007f')) errors.Invalid(path, name, "runAsUserName cannot contain control characters");
        else if (parts.Length > 2) errors.Invalid(path, name, "runAsUserName cannot contain more than one backslash");
        else
        {
            if (parts.Length == 2)
            {
                if (parts[0].Length >= 256) errors.Invalid(path, name, "runAsUserName's Domain length must be under 256 characters");
                if (!NetBios().IsMatch(parts[0]) && !Domain().IsMatch(parts[0])) errors.Invalid(path, name, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
            }
            var user = parts[^1];
            if (user.Length == 0) errors.Invalid(path, name, "runAsUserName's User cannot be empty");
            else if (user.Length > 104) errors.Invalid(path, name, "runAsUserName's User length must not be longer than 104 characters");
            if (user.Length > 0 && user.Trim('.', ' ').Length == 0) errors.Invalid(path, name, "runAsUserName's User cannot contain only periods or spaces");
            if (user.IndexOfAny(['"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']']) >= 0)
                errors.Invalid(path, name, @"runAsUserName's User cannot contain the following characters: ""/\:;|=,+*?<>@[]");
        }
    }

    /// <summary>All containers are host processes, or none is.</summary>
    public static void CheckHostProcess(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        if (spec.SecurityContext?.WindowsOptions is null && !HasWindowsContainer(spec)) return;
        var ofPod = spec.SecurityContext?.WindowsOptions?.HostProcess;
        int all = 0, host = 0;
        foreach (var (container, place) in PodContainers.Of(spec))
        {
            all++;
            var own = container.SecurityContext?.WindowsOptions?.HostProcess;
            if (ofPod is { } pod && own is { } value && pod != value)
                errors.InvalidShown(place.In(path).Child("securityContext", "windowsOptions").Child("hostProcess"), ShownValue.Of(value),
                    $"pod hostProcess value must be identical if both are specified, was {ShownValue.Of(pod)}");
            if ((own ?? ofPod) is true) host++;
        }
        if (host == 0) return;
        if (host != all) errors.Invalid(path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        if (!spec.HostNetwork) errors.InvalidShown(path.Child("hostNetwork"), "false", "hostNetwork must be true if pod contains any hostProcess containers");
    }

    private static bool HasWindowsContainer(PodSpec spec)
    {
        foreach (var container in spec.Containers)
            if (container.SecurityContext?.WindowsOptions is not null) return true;
        foreach (var container in spec.InitContainers)
            if (container.SecurityContext?.WindowsOptions is not null) return true;
        return false;
    }

    /// <summary>The system a pod says it is for, and what that forbids.</summary>
    public static void CheckSystem(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        switch (spec.Os?.Name)
        {
            case null:
                break;
            case "":
                errors.Required(path.Child("os", "name"), "cannot be empty");
                break;
            case "linux":
                CheckLinux(errors, path, spec);
                break;
            case "windows":
                CheckWindows(errors, path, spec);
                break;
            default:
                errors.NotSupported(path.Child("os"), spec.Os.Name, "linux", "windows");
                break;
        }
    }

    private static void CheckLinux(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        if (spec.SecurityContext?.WindowsOptions is not null) errors.Forbidden(path.Child("securityContext", "windowsOptions"), NotForLinux);
        foreach (var (container, place) in PodContainers.Of(spec))
            if (container.SecurityContext?.WindowsOptions is not null) errors.Forbidden(place.In(path).Child("securityContext", "windowsOptions"), NotForLinux);
    }

    private static void CheckWindows(FieldErrors errors, FieldPath path, PodSpec spec)
    {
        var pod = spec.SecurityContext ?? new PodSecurityContext();
        var place = path.Child("securityContext");
        Unset(errors, place, "appArmorProfile", pod.AppArmorProfile is null);
        Unset(errors, place, "seLinuxOptions", pod.SeLinuxOptions is null);
        Unset(errors, path, "hostUsers", spec.HostUsers is null);
        Unset(errors, path, "hostPID", !spec.HostPID);
        Unset(errors, path, "hostIPC", !spec.HostIPC);
        Unset(errors, place, "seccompProfile", pod.SeccompProfile is null);
        Unset(errors, place, "fsGroup", pod.FsGroup is null);
        Unset(errors, place, "fsGroupChangePolicy", pod.FsGroupChangePolicy is null);
        Unset(errors, place, "sysctls", pod.Sysctls.Count == 0);
        Unset(errors, path, "shareProcessNamespace", spec.ShareProcessNamespace is null);
        Unset(errors, place, "runAsUser", pod.RunAsUser is null);
        Unset(errors, place, "runAsGroup", pod.RunAsGroup is null);
        Unset(errors, place, "supplementalGroups", pod.SupplementalGroups.Count == 0);
        Unset(errors, place, "supplementalGroupsPolicy", pod.SupplementalGroupsPolicy is null);
        Unset(errors, place, "seLinuxChangePolicy", pod.SeLinuxChangePolicy is null);
        foreach (var (container, where) in PodContainers.Of(spec))
            if (container.SecurityContext is { } context) CheckWindowsContainer(errors, where.In(path).Child("securityContext"), context);
    }

    private static void CheckWindowsContainer(FieldErrors errors, FieldPath path, SecurityContext context)
    {
        Unset(errors, path, "appArmorProfile", context.AppArmorProfile is null);
        Unset(errors, path, "seLinuxOptions", context.SeLinuxOptions is null);
        Unset(errors, path, "seccompProfile", context.SeccompProfile is null);
        Unset(errors, path, "capabilities", context.Capabilities is null);
        Unset(errors, path, "readOnlyRootFilesystem", context.ReadOnlyRootFilesystem is null);
        Unset(errors, path, "privileged", context.Privileged is null);
        Unset(errors, path, "allowPrivilegeEscalation", context.AllowPrivilegeEscalation is null);
        Unset(errors, path, "procMount", context.ProcMount is null);
        Unset(errors, path, "runAsUser", context.RunAsUser is null);
        Unset(errors, path, "runAsGroup", context.RunAsGroup is null);
    }

    private static void Unset(FieldErrors errors, FieldPath path, string field, bool unset)
    {
        if (!unset) errors.Forbidden(path.Child(field), NotForWindows);
    }

    [GeneratedRegex(@"^[^\\/:\*\?""<>|\.][^\\/:\*\?""<>|]{0,14}\z")]
    private static partial Regex NetBios();

    [GeneratedRegex(@"^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z")]
    private static partial Regex Domain();
}
