using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>References of the downward API: to a field of the pod, or to a resource of a container.</summary>
internal static class FieldReferences
{
    private static readonly string[] EnvironmentFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] VolumeFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    private static readonly string[] ResourceFields =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    private static readonly HashSet<string> ByteDivisors = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    private const string ByteDivisorsText = "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the ";

    public static void CheckEnvironmentField(FieldErrors errors, FieldPath path, ObjectFieldSelector selector) => CheckField(errors, path, selector, EnvironmentFields);

    public static void CheckVolumeField(FieldErrors errors, FieldPath path, ObjectFieldSelector selector) => CheckField(errors, path, selector, VolumeFields);

    private static void CheckField(FieldErrors errors, FieldPath path, ObjectFieldSelector selector, string[] supported)
    {
        if (string.IsNullOrEmpty(selector.ApiVersion))
        {
            errors.Required(path.Child("apiVersion"));
            return;
        }
        if (selector.FieldPath.Length == 0)
        {
            errors.Required(path.Child("fieldPath"));
            return;
        }
        if (Convert(selector.ApiVersion, selector.FieldPath) is not (var field, null))
        {
            errors.Invalid(path.Child("fieldPath"), selector.FieldPath, $"error converting fieldPath: {Convert(selector.ApiVersion, selector.FieldPath).Error}");
            return;
        }
        if (Subscript(field) is var (of, key))
        {
            if (of == "metadata.annotations") Labels.CheckKey(errors, path, key.ToLowerInvariant());
            else if (of == "metadata.labels") Labels.CheckKey(errors, path, key);
            else errors.Invalid(path, of, "does not support subscript");
        }
        else if (Array.IndexOf(supported, field) < 0) errors.NotSupported(path.Child("fieldPath"), field, supported);
    }

    /// <summary>The field that a pod of this API version means by a label, or why it means none.</summary>
    private static (string Field, string? Error) Convert(string apiVersion, string label)
    {
        if (apiVersion != "v1") return ("", $"unsupported pod version: {apiVersion}");
        if (Subscript(label) is var (of, _))
            return of is "metadata.annotations" or "metadata.labels" ? (label, null) : ("", $"field label does not support subscript: {label}");
        return label switch
        {
            "metadata.annotations" or "metadata.labels" or "metadata.name" or "metadata.namespace" or "metadata.uid" or "spec.nodeName" or "spec.restartPolicy"
                or "spec.serviceAccountName" or "spec.schedulerName" or "status.phase" or "status.hostIP" or "status.hostIPs" or "status.podIP" or "status.podIPs" => (label, null),
            "spec.host" => ("spec.nodeName", null),
            _ => ("", $"field label not supported: {label}"),
        };
    }

    private static (string Of, string Key)? Subscript(string label)
    {
        if (!label.EndsWith("']", StringComparison.Ordinal)) return null;
        var open = label.IndexOf("['", StringComparison.Ordinal);
        return open <= 0 ? null : (label[..open], label[(open + 2)..^2]);
    }

    public static void CheckResource(FieldErrors errors, FieldPath path, ResourceFieldSelector selector, bool volume)
    {
        if (volume && string.IsNullOrEmpty(selector.ContainerName)) errors.Required(path.Child("containerName"));
        else if (selector.Resource.Length == 0) errors.Required(path.Child("resource"));
        else if (Array.IndexOf(ResourceFields, selector.Resource) < 0 && !IsHugePages(selector.Resource))
            errors.NotSupported(path.Child("resource"), selector.Resource, ResourceFields);
        CheckDivisor(errors, path, selector);
    }

    private static bool IsHugePages(string resource) =>
        resource.StartsWith("requests.hugepages-", StringComparison.Ordinal) || resource.StartsWith("limits.hugepages-", StringComparison.Ordinal);

    private static void CheckDivisor(FieldErrors errors, FieldPath path, ResourceFieldSelector selector)
    {
        if (selector.Divisor.CompareTo(default) == 0) return;
        var divisor = selector.Divisor.ToString();
        var message = selector.Resource switch
        {
            "limits.cpu" or "requests.cpu" => divisor is "1m" or "1" ? null : "only divisor's values 1m and 1 are supported with the cpu resource",
            "limits.memory" or "requests.memory" => ByteDivisors.Contains(divisor) ? null : ByteDivisorsText + "memory resource",
            "limits.ephemeral-storage" or "requests.ephemeral-storage" => ByteDivisors.Contains(divisor) ? null : ByteDivisorsText + "local ephemeral storage resource",
            var name => !IsHugePages(name) || ByteDivisors.Contains(divisor) ? null : ByteDivisorsText + "hugepages resource",
        };
        if (message is not null) errors.Invalid(path.Child("divisor"), selector.Resource, message);
    }
}
