using System.Text.Json;
using System.Text.Json.Nodes;

namespace AkkaKube.Api.OpenApi;

/// <summary>The OpenAPI 2.0 document of an API server, as JSON and as the protobuf that older clients ask for. Each is made once.</summary>
public sealed class OpenApiV2
{
    /// <summary>The media type of the protobuf form.</summary>
    public const string ProtobufMediaType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /// <summary>What an answer in the protobuf form calls itself: the name that is asked for has a sign that Go's media type parser refuses.</summary>
    public const string ProtobufContentType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private readonly Lazy<JsonObject> _document;
    private readonly Lazy<byte[]> _json;
    private readonly Lazy<byte[]> _protobuf;

    /// <summary>The document of these resources.</summary>
    public OpenApiV2(Resources resources, string serverVersion)
    {
        _document = new Lazy<JsonObject>(() => Make(resources, serverVersion));
        _json = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(_document.Value));
        _protobuf = new Lazy<byte[]>(() => OpenApiV2Protobuf.Encode(_document.Value));
    }

    /// <summary>As JSON.</summary>
    public byte[] Json => _json.Value;

    /// <summary>As protobuf (gnostic, openapi.v2.Document).</summary>
    public byte[] Protobuf => _protobuf.Value;

    private static JsonObject Make(Resources resources, string serverVersion)
    {
        var definitions = new Definitions(Dialect.V2);
        var operations = new Operations(definitions, Dialect.V2);
        var paths = new JsonObject();
        foreach (var type in resources.All) operations.Add(paths, type);
        var all = new JsonObject();
        foreach (var (name, definition) in definitions.All) all[name] = definition;
        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = serverVersion },
            ["paths"] = paths,
            ["definitions"] = all,
        };
    }
}
