using AkkaKube.Api;

namespace AkkaKube.Controllers.Namespaces;

/// <summary>What a namespace can hold, in the order in which it is emptied.</summary>
internal static class NamespacedContent
{
    /// <summary>Pods go first and alone: while one runs, nothing that it may still need is taken from it.</summary>
    public static IReadOnlyList<GroupVersionResource> Resources { get; } =
    [
        .. Api.Resources.BuiltIn.All
            .Where(r => r.Namespaced && r.Verbs.Contains("deletecollection"))
            .Select(r => r.Resource)
            .OrderByDescending(r => r == GroupVersionResource.Pods)
            .ThenBy(r => r.Group, StringComparer.Ordinal)
            .ThenBy(r => r.Resource, StringComparer.Ordinal),
    ];
}
