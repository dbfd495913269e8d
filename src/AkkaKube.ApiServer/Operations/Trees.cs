using AkkaKube.Api;

namespace AkkaKube.ApiServer.Operations;

/// <summary>The few things that the server itself reads and sets in the tree of an object.</summary>
internal static class Trees
{
    public static JsonMap Metadata(this JsonMap tree) => tree.Need("metadata");

    public static string NameOf(this JsonMap tree) => tree.Map("metadata")?.Text("name") ?? "";

    public static string NamespaceOf(this JsonMap tree) => tree.Map("metadata")?.Text("namespace") ?? "";

    public static string RevisionOf(this JsonMap tree) => tree.Map("metadata")?.Text("resourceVersion") ?? "";

    public static string UidOf(this JsonMap tree) => tree.Map("metadata")?.Text("uid") ?? "";
}
