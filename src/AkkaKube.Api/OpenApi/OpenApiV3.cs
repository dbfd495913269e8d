using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaKube.Api.OpenApi;

/// <summary>The OpenAPI 3.0 documents of an API server: one for each group and version, and an index with their hashes (KEP-2896).</summary>
public sealed class OpenApiV3(Resources resources, string serverVersion)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    /// <summary>The paths of the documents, e.g. <c>api/v1</c> and <c>apis/apps/v1</c>.</summary>
    public IEnumerable<string> Paths => resources.All.Select(PathOf).Distinct().Order(StringComparer.Ordinal);

    /// <summary><c>/openapi/v3</c>.</summary>
    public byte[] Index()
    {
        var paths = new JsonObject();
        foreach (var path in Paths)
        {
            var hash = Convert.ToHexString(SHA512.HashData(Document(path)!));
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={hash}" };
        }

        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject { ["paths"] = paths });
    }

    /// <summary><c>/openapi/v3/PATH</c>, or null where there is no such document. Made once.</summary>
    public byte[]? Document(string path)
    {
        if (_documents.TryGetValue(path, out var known)) return known;
        var types = resources.All.Where(type => PathOf(type) == path).ToList();
        return types.Count == 0 ? null : _documents.GetOrAdd(path, Make(types));
    }

    private static string PathOf(ResourceType type) => type.Resource.Group.Length == 0 ? $"api/{type.Resource.Version}" : $"apis/{type.Resource.Group}/{type.Resource.Version}";

    private byte[] Make(List<ResourceType> types)
    {
        var definitions = new Definitions(Dialect.V3);
        var operations = new Operations(definitions, Dialect.V3);
        var paths = new JsonObject();
        foreach (var type in types) operations.Add(paths, type);
        var schemas = new JsonObject();
        foreach (var (name, definition) in definitions.All) schemas[name] = definition;
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = serverVersion },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        });
    }
}
