using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Controllers.GarbageCollection;

/// <summary>Which resource an owner reference means.</summary>
internal static class OwnerKinds
{
    /// <summary>The resource, and whether its objects live in namespaces; null for a kind that the server does not have.</summary>
    public static (GroupVersionResource Resource, bool IsNamespaced)? Resolve(OwnerReference owner) =>
        Resources.BuiltIn.OfKind(GroupVersionKind.Of(owner.ApiVersion, owner.Kind)) is { } type ? (type.Resource, type.Namespaced) : null;
}
