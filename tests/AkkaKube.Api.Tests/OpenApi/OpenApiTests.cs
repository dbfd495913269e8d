using System.Text.Json;
using AkkaKube.Api.OpenApi;

namespace AkkaKube.Api.Tests.OpenApi;

/// <summary>The documents that clients validate and explain by.</summary>
public sealed class OpenApiTests
{
    private readonly OpenApiV3 _v3 = new(Resources.BuiltIn, "v1.36.2");
    private readonly OpenApiV2 _v2 = new(Resources.BuiltIn, "v1.36.2");

    [Fact]
    public void The_index_names_a_document_for_each_version_with_its_hash()
    {
        var paths = JsonDocument.Parse(_v3.Index()).RootElement.GetProperty("paths");
        foreach (var path in _v3.Paths) paths.GetProperty(path).GetProperty("serverRelativeURL").GetString()!.ShouldStartWith($"/openapi/v3/{path}?hash=");
        _v3.Document("apis/nope/v1").ShouldBeNull();
    }

    [Fact]
    public void Every_reference_in_every_document_leads_somewhere()
    {
        foreach (var path in _v3.Paths) Check(_v3.Document(path)!, "#/components/schemas/", root => root.GetProperty("components").GetProperty("schemas"));
        Check(_v2.Json, "#/definitions/", root => root.GetProperty("definitions"));
    }

    [Fact]
    public void Lists_say_how_they_merge()
    {
        var spec = JsonDocument.Parse(_v2.Json).RootElement.GetProperty("definitions").GetProperty("io.k8s.api.core.v1.PodSpec");
        spec.GetProperty("required").ToString().ShouldBe("""["containers"]""");
        var containers = spec.GetProperty("properties").GetProperty("containers");
        containers.GetProperty("x-kubernetes-patch-merge-key").GetString().ShouldBe("name");
        containers.GetProperty("x-kubernetes-patch-strategy").GetString().ShouldBe("merge");
        containers.GetProperty("x-kubernetes-list-map-keys").ToString().ShouldBe("""["name"]""");
    }

    [Fact]
    public void Patches_take_dry_runs_and_field_validation()
    {
        var patch = JsonDocument.Parse(_v3.Document("apis/apps/v1")!).RootElement.GetProperty("paths").GetProperty("/apis/apps/v1/namespaces/{namespace}/deployments/{name}").GetProperty("patch");
        patch.GetProperty("x-kubernetes-group-version-kind").GetProperty("kind").GetString().ShouldBe("Deployment");
        patch.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["dryRun", "fieldManager", "fieldValidation", "force"]);
    }

    [Fact]
    public void The_protobuf_form_starts_with_the_version_of_swagger() => _v2.Protobuf.AsSpan(0, 5).ToArray().ShouldBe([0x0a, 3, (byte)'2', (byte)'.', (byte)'0']);

    private static void Check(byte[] json, string prefix, Func<JsonElement, JsonElement> definitions)
    {
        var root = JsonDocument.Parse(json).RootElement;
        var known = definitions(root).EnumerateObject().Select(d => d.Name).ToHashSet();
        var references = 0;
        Walk(root);
        references.ShouldBeGreaterThan(0);

        void Walk(JsonElement node)
        {
            if (node.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in node.EnumerateArray()) Walk(item);
            }
            else if (node.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in node.EnumerateObject())
                {
                    if (property.Name == "$ref" && property.Value.ValueKind == JsonValueKind.String)
                    {
                        references++;
                        property.Value.GetString()!.ShouldStartWith(prefix);
                        known.ShouldContain(property.Value.GetString()![prefix.Length..]);
                    }
                    else
                    {
                        Walk(property.Value);
                    }
                }
            }
        }
    }
}
