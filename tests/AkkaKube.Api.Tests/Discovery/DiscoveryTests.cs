using System.Text.Json;
using AkkaKube.Api.Discovery;

namespace AkkaKube.Api.Tests.Discovery;

/// <summary>What clients learn of the resources.</summary>
public sealed class DiscoveryTests
{
    private readonly DiscoveryDocuments _discovery = new(Resources.BuiltIn);

    [Fact]
    public void A_version_lists_its_resources_with_their_parts()
    {
        var list = JsonDocument.Parse(_discovery.ResourceList("apps", "v1")!).RootElement;
        list.GetProperty("groupVersion").GetString().ShouldBe("apps/v1");
        list.GetProperty("resources").EnumerateArray().Select(r => r.GetProperty("name").GetString()).ShouldBe(
            ["deployments", "deployments/scale", "deployments/status", "replicasets", "replicasets/scale", "replicasets/status"], ignoreOrder: true);
        var scale = list.GetProperty("resources").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "deployments/scale");
        (scale.GetProperty("group").GetString(), scale.GetProperty("version").GetString(), scale.GetProperty("kind").GetString()).ShouldBe(("autoscaling", "v1", "Scale"));
    }

    [Fact]
    public void Pods_have_their_short_name_and_category()
    {
        var pods = JsonDocument.Parse(_discovery.ResourceList("", "v1")!).RootElement.GetProperty("resources").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "pods");
        pods.GetProperty("shortNames").ToString().ShouldBe("""["po"]""");
        pods.GetProperty("categories").ToString().ShouldBe("""["all"]""");
        pods.GetProperty("storageVersionHash").GetString()!.Length.ShouldBe(12);
    }

    [Fact]
    public void Groups_name_their_versions_and_unknown_ones_are_not_there()
    {
        JsonDocument.Parse(_discovery.Group("apps")!).RootElement.GetProperty("preferredVersion").GetProperty("groupVersion").GetString().ShouldBe("apps/v1");
        _discovery.Group("nope").ShouldBeNull();
        _discovery.ResourceList("apps", "v9").ShouldBeNull();
        JsonDocument.Parse(_discovery.GroupList()).RootElement.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("name").GetString()).ShouldContain("coordination.k8s.io");
    }

    [Fact]
    public void All_of_discovery_fits_into_two_documents()
    {
        var core = JsonDocument.Parse(_discovery.Aggregated(core: true)).RootElement.GetProperty("items");
        core.GetArrayLength().ShouldBe(1);
        var rest = JsonDocument.Parse(_discovery.Aggregated(core: false)).RootElement.GetProperty("items");
        rest.EnumerateArray().SelectMany(g => g.GetProperty("versions").EnumerateArray()).SelectMany(v => v.GetProperty("resources").EnumerateArray())
            .Select(r => r.GetProperty("resource").GetString()).ShouldContain("endpointslices");
    }
}
