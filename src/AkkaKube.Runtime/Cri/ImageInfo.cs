namespace AkkaKube.Runtime;

/// <summary>An image on a node.</summary>
/// <param name="Id">The digest of its configuration: <c>sha256:...</c></param>
/// <param name="RepoTags">Its full names with tag.</param>
/// <param name="RepoDigests">Its full names with digest; the first is what a pod's status has as <c>imageID</c>.</param>
/// <param name="Size">In bytes.</param>
public sealed record ImageInfo(string Id, IReadOnlyList<string> RepoTags, IReadOnlyList<string> RepoDigests, long Size)
{
    /// <summary>The user that the image runs as; null for a name that says nothing about the number.</summary>
    public long? Uid { get; init; }
}

/// <summary>User and password for a registry.</summary>
public sealed record RegistryAuth(string Username, string Password);
