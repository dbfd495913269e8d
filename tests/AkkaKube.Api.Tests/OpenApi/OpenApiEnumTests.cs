using System.Text.Json.Nodes;
using AkkaKube.Api.OpenApi;

namespace AkkaKube.Api.Tests.OpenApi;

public class OpenApiEnumTests
{
    private static JsonNode Container()
    {
        var document = JsonNode.Parse(new OpenApiV3(Resources.BuiltIn, "v1").Document("api/v1")!)!;
        return document["components"]!["schemas"]!["io.k8s.api.core.v1.Container"]!["properties"]!;
    }

    [Fact]
    public void A_text_that_takes_certain_values_alone_lists_them() =>
        Container()["imagePullPolicy"]!["enum"]!.AsArray().Select(value => (string)value!).ShouldBe(["Always", "IfNotPresent", "Never"]);

    [Fact]
    public void A_text_that_takes_any_value_lists_none() => Container()["name"]!["enum"].ShouldBeNull();

    [Fact]
    public void A_struct_that_is_owned_as_a_whole_says_so()
    {
        var document = JsonNode.Parse(new OpenApiV3(Resources.BuiltIn, "v1").Document("apis/apps/v1")!)!;
        ((string)document["components"]!["schemas"]!["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"]!["x-kubernetes-map-type"]!).ShouldBe("atomic");
    }
}
