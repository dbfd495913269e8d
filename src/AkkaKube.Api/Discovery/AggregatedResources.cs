using System.Text.Json;

namespace AkkaKube.Api.Discovery;

/// <summary>A group in the aggregated form of discovery (apidiscovery.k8s.io/v2 APIGroupDiscovery, KEP-3352).</summary>
internal static class AggregatedResources
{
    public static void Write(Utf8JsonWriter writer, string group, IReadOnlyList<(string Version, List<ResourceType> Types)> versions)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("metadata");
        if (group.Length > 0) writer.WriteString("name", group);
        writer.WriteNull("creationTimestamp");
        writer.WriteEndObject();
        writer.WriteStartArray("versions");
        foreach (var (version, types) in versions)
        {
            writer.WriteStartObject();
            writer.WriteString("version", version);
            writer.WriteStartArray("resources");
            foreach (var type in types) Write(writer, type);
            writer.WriteEndArray();
            writer.WriteString("freshness", "Current");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ResourceType type)
    {
        writer.WriteStartObject();
        writer.WriteString("resource", type.Resource.Resource);
        Kind(writer, type.GroupVersionKind);
        writer.WriteString("scope", type.Namespaced ? "Namespaced" : "Cluster");
        writer.WriteString("singularResource", type.Singular);
        DiscoveryDocuments.Texts(writer, "verbs", type.Verbs);
        if (type.ShortNames.Count > 0) DiscoveryDocuments.Texts(writer, "shortNames", type.ShortNames);
        if (type.Categories.Count > 0) DiscoveryDocuments.Texts(writer, "categories", type.Categories);
        if (type.Subresources.Count > 0)
        {
            writer.WriteStartArray("subresources");
            foreach (var part in type.Subresources)
            {
                writer.WriteStartObject();
                writer.WriteString("subresource", part.Name);
                Kind(writer, part.Kind);
                DiscoveryDocuments.Texts(writer, "verbs", part.Verbs);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Kind(Utf8JsonWriter writer, GroupVersionKind kind)
    {
        writer.WriteStartObject("responseKind");
        writer.WriteString("group", kind.Group);
        writer.WriteString("version", kind.Version);
        writer.WriteString("kind", kind.Kind);
        writer.WriteEndObject();
    }
}
