using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer;

/// <summary>Decides whether a user may do something: administrators and the cluster's own components may.</summary>
internal static class Authorizer
{
    private static readonly HashSet<string> Components = new(StringComparer.Ordinal)
    {
        "system:kube-scheduler", "system:kube-controller-manager", "system:kube-proxy", "system:apiserver",
    };

    public static bool MayDoAll(UserInfo user) =>
        user.Groups.Contains("system:masters") || Components.Contains(user.Name) || user.Groups.Contains("system:nodes") ||
        user.Name.StartsWith("system:node:", StringComparison.Ordinal) || user.Name.StartsWith("system:serviceaccount:kube-system:", StringComparison.Ordinal);

    /// <summary>What everybody may read, known or not.</summary>
    public static bool IsPublic(string path) =>
        path is "/healthz" or "/livez" or "/readyz" or "/version" or "/version/" ||
        path.StartsWith("/livez/", StringComparison.Ordinal) || path.StartsWith("/readyz/", StringComparison.Ordinal) || path.StartsWith("/healthz/", StringComparison.Ordinal);

    /// <summary>Why a user may not, in the words of Kubernetes.</summary>
    public static string Explain(UserInfo user, string verb, string resource, string group, string? @namespace) =>
        $"User \"{user.Name}\" cannot {verb} resource \"{resource}\" in API group \"{group}\" " +
        (@namespace is null ? "at the cluster scope" : $"in the namespace \"{@namespace}\"");

    /// <inheritdoc cref="Explain"/>
    public static string ExplainPath(UserInfo user, string verb, string path) => $"forbidden: User \"{user.Name}\" cannot {verb} path \"{path}\"";
}
