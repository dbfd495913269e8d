using System.Globalization;
using System.Text.Json;
using AkkaKube.Api;
using AkkaKube.Api.Discovery;
using AkkaKube.Api.OpenApi;
using Microsoft.AspNetCore.Http;

namespace AkkaKube.ApiServer.Http;

/// <summary>Answers what says what the server is and serves: its version, the discovery documents, and the OpenAPI documents.</summary>
internal sealed class DocumentHandler
{
    private const string Json = "application/json";
    private const string AggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private const string ProtobufAnswerType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private readonly DiscoveryDocuments _discovery = new(Resources.BuiltIn);
    private readonly OpenApiV2 _openApiV2 = new(Resources.BuiltIn, ServerVersion.GitVersion);
    private readonly OpenApiV3 _openApiV3 = new(Resources.BuiltIn, ServerVersion.GitVersion);

    public Task Handle(HttpContext context, string path)
    {
        if (context.Request.Method is not ("GET" or "HEAD")) return NotFound(context);
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => Document(context, JsonSerializer.SerializeToUtf8Bytes(new { paths = Paths() })),
            ["version"] => Document(context, ServerVersion.Json),
            ["api"] => WantsAggregated(context) ? Aggregated(context, core: true) : Document(context, _discovery.Versions(string.Create(CultureInfo.InvariantCulture, $"{context.Connection.LocalIpAddress}:{context.Connection.LocalPort}"))),
            ["apis"] => WantsAggregated(context) ? Aggregated(context, core: false) : Document(context, _discovery.GroupList()),
            ["api", var version] => Document(context, _discovery.ResourceList("", version)),
            ["apis", var group] => Document(context, _discovery.Group(group)),
            ["apis", var group, var version] => Document(context, _discovery.ResourceList(group, version)),
            ["openapi", "v2"] => OpenApi(context),
            ["openapi", "v3"] => Document(context, _openApiV3.Index()),
            ["openapi", "v3", .. var rest] => Document(context, _openApiV3.Document(string.Join('/', rest))),
            _ => NotFound(context),
        };
    }

    private Task OpenApi(HttpContext context) => context.Request.Headers.Accept.ToString().Contains("proto-openapi", StringComparison.Ordinal)
        ? Answer.WriteBytes(context, 200, ProtobufAnswerType, _openApiV2.Protobuf, default)
        : Answer.WriteBytes(context, 200, Json, _openApiV2.Json, default);

    private Task Aggregated(HttpContext context, bool core) => Answer.WriteBytes(context, 200, AggregatedType, _discovery.Aggregated(core), default);

    private static bool WantsAggregated(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Split(',').Any(clause => clause.Contains("as=APIGroupDiscoveryList", StringComparison.Ordinal) && clause.Contains("v=v2;", StringComparison.Ordinal) | clause.TrimEnd().EndsWith("v=v2", StringComparison.Ordinal) && clause.Contains("json", StringComparison.Ordinal));

    private static Task Document(HttpContext context, byte[]? json)
    {
        if (json is null) return NotFound(context);
        return MediaType.Negotiate(context.Request.Headers.Accept) is { } media ? Answer.Write(context, 200, json, media) : Answer.Write(context, 200, json, MediaType.Json);
    }

    private static Task NotFound(HttpContext context) => Answer.WriteText(context, 404, "404 page not found\n");

    private List<string> Paths()
    {
        var groups = Resources.BuiltIn.All.Select(type => type.Resource).Where(resource => resource.Group.Length > 0);
        string[] fixedPaths = ["/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"];
        return [.. fixedPaths.Concat(groups.Select(resource => $"/apis/{resource.Group}")).Concat(groups.Select(resource => $"/apis/{resource.ApiVersion}")).Concat(_openApiV3.Paths.Select(document => $"/openapi/v3/{document}")).Distinct().Order(StringComparer.Ordinal)];
    }
}
