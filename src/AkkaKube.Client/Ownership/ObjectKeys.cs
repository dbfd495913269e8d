using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Client.Ownership;

/// <summary>Names objects.</summary>
public static class ObjectKeys
{
    /// <summary>The namespace and name of an object.</summary>
    public static ObjectKey Key(this ObjectMeta metadata) => new(metadata.Namespace, metadata.Name ?? "");
}
