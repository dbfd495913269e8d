namespace AkkaKube.ApiServer.Http;

/// <summary>What the path of a request names (Kubernetes: RequestInfo).</summary>
/// <param name="Group">The API group; "" for the core group.</param>
/// <param name="Version">The version.</param>
/// <param name="Namespace">The namespace, where the path has one.</param>
/// <param name="Resource">The plural name of the resource.</param>
/// <param name="Name">The name, where the path names one object.</param>
/// <param name="Subresource">The rest of the path, e.g. <c>status</c>.</param>
internal readonly record struct RequestTarget(string Group, string Version, string? Namespace, string Resource, string? Name, string? Subresource)
{
    /// <summary>Reads a path below <c>/api</c> or <c>/apis</c>; null where it names no resource.</summary>
    public static RequestTarget? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string group;
        int at;
        if (parts.Length >= 3 && parts[0] == "api") (group, at) = ("", 1);
        else if (parts.Length >= 4 && parts[0] == "apis") (group, at) = (parts[1], 2);
        else return null;
        var version = parts[at++];
        // The old form of a watch: /api/v1/watch/...
        if (parts[at] == "watch" && parts.Length > at + 1) at++;
        string? @namespace = null;
        if (parts[at] == "namespaces" && parts.Length > at + 2 && !IsNamespaceSubresource(parts[at + 2]))
        {
            @namespace = Unescape(parts[at + 1]);
            at += 2;
        }
        var rest = parts.Length - at;
        return new RequestTarget(
            group,
            version,
            @namespace,
            parts[at],
            rest > 1 ? Unescape(parts[at + 1]) : null,
            rest > 2 ? string.Join('/', parts[(at + 2)..]) : null);
    }

    /// <summary>Whether the path uses the old form <c>/api/v1/watch/...</c>.</summary>
    public static bool IsOldWatch(string path) => path.StartsWith("/api/v1/watch/", StringComparison.Ordinal) ||
        (path.StartsWith("/apis/", StringComparison.Ordinal) && path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, "watch", _, ..]);

    private static bool IsNamespaceSubresource(string part) => part is "status" or "finalize";

    private static string Unescape(string part) => part.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(part) : part;
}
