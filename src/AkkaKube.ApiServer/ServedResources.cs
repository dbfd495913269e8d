using System.Collections.Frozen;
using AkkaKube.Api;

namespace AkkaKube.ApiServer;

/// <summary>The resource types that this server serves.</summary>
internal static class ServedResources
{
    private static readonly FrozenSet<(string Group, string Version)> GroupVersions =
        Resources.BuiltIn.All.Select(type => (type.Resource.Group, type.Resource.Version)).ToFrozenSet();

    /// <summary>Those whose objects are stored; the others only pass through.</summary>
    public static IReadOnlyList<ResourceType> Stored { get; } = [.. Resources.BuiltIn.All.Where(type => type.Verbs.Contains("get"))];

    public static ResourceType? Find(GroupVersionResource resource) => Resources.BuiltIn.Find(resource);

    public static bool HasGroupVersion(string group, string version) => GroupVersions.Contains((group, version));
}
