namespace AkkaKube.Api.Validation.Core;

/// <summary>The names of resources: which are standard, native, extended, huge pages.</summary>
internal static class ResourceNames
{
    private const string NativePrefix = "kubernetes.io/";
    private const string HugePagesPrefix = "hugepages-";

    private static readonly HashSet<string> Standard =
    [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage",
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims", "storage", "requests.storage",
        "services.nodeports", "services.loadbalancers",
    ];

    private static readonly HashSet<string> Integers =
        ["pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers"];

    public static bool IsStandard(string name) => Standard.Contains(name) || name.StartsWith("requests.hugepages-", StringComparison.Ordinal) || IsHugePages(name);

    public static bool IsStandardOfContainer(string name) => name is "cpu" or "memory" or "ephemeral-storage" || IsHugePages(name);

    /// <summary>Supported for a pod as a whole.</summary>
    public static bool IsOfPod(string name) => name is "cpu" or "memory" || IsHugePages(name);

    public static bool IsHugePages(string name) => name.StartsWith(HugePagesPrefix, StringComparison.Ordinal);

    /// <summary>Kubernetes' own: without a domain, or with one of kubernetes.io.</summary>
    public static bool IsNative(string name) => !name.Contains('/', StringComparison.Ordinal) || name.Contains(NativePrefix, StringComparison.Ordinal);

    /// <summary>Somebody else's: fully qualified, and fit to be a name in a quota.</summary>
    public static bool IsExtended(string name) =>
        !IsNative(name) && !name.StartsWith("requests.", StringComparison.Ordinal) && Labels.Key("requests." + name).Length == 0;

    /// <summary>Whether more may be promised than there is.</summary>
    public static bool AllowsOvercommit(string name) => IsNative(name) && !IsHugePages(name);

    /// <summary>Whether only whole numbers make sense.</summary>
    public static bool IsInteger(string name) => Integers.Contains(name) || IsExtended(name);

    /// <summary>Whether a quantity is a positive number of pages of the size that the name tells.</summary>
    public static bool IsDivisible(string name, Quantity quantity)
    {
        if (!Quantity.TryParse(name[HugePagesPrefix.Length..], out var size)) return false;
        var page = size.Value;
        return page > 0 && quantity.Value % page == 0;
    }
}
