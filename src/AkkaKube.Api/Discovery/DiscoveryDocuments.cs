using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AkkaKube.Api.Discovery;

/// <summary>The discovery documents of the API server, as JSON: which groups, versions and resources there are.</summary>
/// <remarks>Source: Kubernetes API concepts, "API discovery".</remarks>
public sealed class DiscoveryDocuments(Resources resources)
{
    /// <summary>The media type by which clients ask for all of discovery in one document.</summary>
    public const string AggregatedMediaType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /// <summary>The groups with their versions, the core group ("") first.</summary>
    private IEnumerable<IGrouping<string, string>> Groups => resources.All
        .Select(type => (type.Resource.Group, type.Resource.Version)).Distinct().OrderBy(gv => gv.Group, StringComparer.Ordinal).GroupBy(gv => gv.Group, gv => gv.Version);

    /// <summary><c>/api</c>.</summary>
    /// <param name="serverAddress">Host and port as the client sees them.</param>
    public byte[] Versions(string serverAddress) => Json(writer =>
    {
        writer.WriteString("kind", "APIVersions");
        writer.WriteStartArray("versions");
        writer.WriteStringValue("v1");
        writer.WriteEndArray();
        writer.WriteStartArray("serverAddressByClientCIDRs");
        writer.WriteStartObject();
        writer.WriteString("clientCIDR", "0.0.0.0/0");
        writer.WriteString("serverAddress", serverAddress);
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    /// <summary><c>/apis</c>.</summary>
    public byte[] GroupList() => Json(writer =>
    {
        writer.WriteString("kind", "APIGroupList");
        writer.WriteString("apiVersion", "v1");
        writer.WriteStartArray("groups");
        foreach (var group in Groups.Where(group => group.Key.Length > 0))
        {
            writer.WriteStartObject();
            WriteGroup(writer, group);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary><c>/apis/GROUP</c>, or null where there is no such group.</summary>
    public byte[]? Group(string name) => name.Length > 0 && Groups.FirstOrDefault(group => group.Key == name) is { } found
        ? Json(writer =>
        {
            writer.WriteString("kind", "APIGroup");
            writer.WriteString("apiVersion", "v1");
            WriteGroup(writer, found);
        })
        : null;

    /// <summary><c>/api/v1</c> and <c>/apis/GROUP/VERSION</c>, or null where there is no such version.</summary>
    public byte[]? ResourceList(string group, string version)
    {
        var types = Of(group, version);
        if (types.Count == 0) return null;
        return Json(writer =>
        {
            writer.WriteString("kind", "APIResourceList");
            if (group.Length > 0) writer.WriteString("apiVersion", "v1");
            writer.WriteString("groupVersion", GroupVersion(group, version));
            writer.WriteStartArray("resources");
            foreach (var type in types) WriteResource(writer, type);
            writer.WriteEndArray();
        });
    }

    /// <summary><c>/api</c> and <c>/apis</c> for clients that ask for <see cref="AggregatedMediaType"/>.</summary>
    /// <param name="core">The core group alone (<c>/api</c>), or all others.</param>
    public byte[] Aggregated(bool core) => Json(writer =>
    {
        writer.WriteString("kind", "APIGroupDiscoveryList");
        writer.WriteString("apiVersion", "apidiscovery.k8s.io/v2");
        writer.WriteStartObject("metadata");
        writer.WriteEndObject();
        writer.WriteStartArray("items");
        foreach (var group in Groups.Where(group => group.Key.Length == 0 == core)) AggregatedResources.Write(writer, group.Key, [.. group.Select(version => (version, Of(group.Key, version)))]);
        writer.WriteEndArray();
    });

    private static string GroupVersion(string group, string version) => group.Length == 0 ? version : $"{group}/{version}";

    private static void WriteGroup(Utf8JsonWriter writer, IGrouping<string, string> group)
    {
        void Version(string version)
        {
            writer.WriteString("groupVersion", GroupVersion(group.Key, version));
            writer.WriteString("version", version);
            writer.WriteEndObject();
        }

        writer.WriteString("name", group.Key);
        writer.WriteStartArray("versions");
        foreach (var version in group)
        {
            writer.WriteStartObject();
            Version(version);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("preferredVersion");
        Version(group.First());
    }

    private static void WriteResource(Utf8JsonWriter writer, ResourceType type)
    {
        writer.WriteStartObject();
        writer.WriteString("name", type.Resource.Resource);
        writer.WriteString("singularName", type.Singular);
        writer.WriteBoolean("namespaced", type.Namespaced);
        writer.WriteString("kind", type.Kind);
        Texts(writer, "verbs", type.Verbs);
        if (type.ShortNames.Count > 0) Texts(writer, "shortNames", type.ShortNames);
        if (type.Categories.Count > 0) Texts(writer, "categories", type.Categories);
        writer.WriteString("storageVersionHash", StorageVersionHash(type));
        writer.WriteEndObject();
        foreach (var part in type.Subresources)
        {
            writer.WriteStartObject();
            writer.WriteString("name", $"{type.Resource.Resource}/{part.Name}");
            writer.WriteString("singularName", "");
            writer.WriteBoolean("namespaced", type.Namespaced);
            if (part.Kind.Group != type.Resource.Group || part.Kind.Version != type.Resource.Version)
            {
                if (part.Kind.Group.Length > 0) writer.WriteString("group", part.Kind.Group);
                writer.WriteString("version", part.Kind.Version);
            }

            writer.WriteString("kind", part.Kind.Kind);
            Texts(writer, "verbs", part.Verbs);
            writer.WriteEndObject();
        }
    }

    /// <summary>Changes when the version in which objects are stored does.</summary>
    private static string StorageVersionHash(ResourceType type) =>
        Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{type.Resource.Group}/{type.Resource.Version}/{type.Kind}")).AsSpan(0, 8));

    internal static void Texts(Utf8JsonWriter writer, string name, ValueList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private List<ResourceType> Of(string group, string version) => [.. resources.All.Where(type => type.Resource.Group == group && type.Resource.Version == version)];
}
