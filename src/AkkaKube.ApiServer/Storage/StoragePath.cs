using AkkaKube.Api;

namespace AkkaKube.ApiServer;

/// <summary>The key under which a shard keeps an object: <c>namespace/name</c>, or <c>name</c> where the resource has no namespaces.</summary>
internal static class StoragePath
{
    public static string Of(ObjectKey key) => key.Namespace is null ? key.Name : $"{key.Namespace}/{key.Name}";

    public static string Of(string? @namespace, string name) => @namespace is null ? name : $"{@namespace}/{name}";

    public static ObjectKey KeyOf(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new ObjectKey(null, path) : new ObjectKey(path[..slash], path[(slash + 1)..]);
    }

    /// <summary>The name of a resource type's shard: <c>pods</c>, <c>deployments.apps</c>.</summary>
    public static string ShardOf(GroupVersionResource resource) => resource.Group.Length == 0 ? resource.Resource : $"{resource.Resource}.{resource.Group}";
}
