using System.Text;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Patches;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Api.Tests.Patches;

public class PatchTests
{
    private static readonly ResourceType Deployments = Resources.BuiltIn.Get(GroupVersionResource.Deployments);

    private static JsonMap Live() => ObjectDecoder.Decode(Deployments, """
        {"metadata":{"name":"web","labels":{"a":"1"}},"spec":{"replicas":3,"template":{"spec":{
          "containers":[{"name":"main","image":"m:1","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]},{"name":"side","image":"s:1"}],
          "nodeSelector":{"x":"y"},"tolerations":[{"key":"k"}]}}}}
        """u8.ToArray(), "Strict").Object!;

    private static Patched Strategic(string podSpec) => StrategicMergePatch.Apply(Deployments, Live(), Encoding.UTF8.GetBytes($$$$"""{"spec":{"template":{"spec":{{{{podSpec}}}}}}}"""), "Ignore");

    private static JsonMap PodSpec(Patched patched) => (JsonMap)patched.Object.ShouldNotBeNull(patched.Failure?.Message).At("spec", "template", "spec")!;

    private static Patched Json(string operations) => JsonPatch.Apply(Deployments, Live(), Encoding.UTF8.GetBytes(operations), "Ignore");

    [Fact]
    public void Strategic_merge_pairs_containers_and_variables_by_name() =>
        PodSpec(Strategic("""{"containers":[{"name":"main","env":[{"name":"B","value":"3"},{"name":"C","value":"4"}]}]}""")).List("containers")!.ToString()
            .ShouldBe("""[{"name":"main","image":"m:1","env":[{"name":"A","value":"1"},{"name":"B","value":"3"},{"name":"C","value":"4"}],"resources":{}},{"name":"side","image":"s:1","resources":{}}]""");

    [Fact]
    public void New_elements_come_before_those_that_the_patch_does_not_name() =>
        PodSpec(Strategic("""{"containers":[{"name":"new","image":"n:1"}]}""")).List("containers")!.Maps.Select(c => c.Text("name")).ShouldBe(["new", "main", "side"]);

    [Fact]
    public void The_patch_can_say_the_order() =>
        PodSpec(Strategic("""{"$setElementOrder/containers":[{"name":"side"},{"name":"main"}],"containers":[{"name":"main","image":"m:2"}]}""")).List("containers")!.Maps.Select(c => c.Text("name")).ShouldBe(["side", "main"]);

    [Fact]
    public void Elements_can_be_deleted_and_lists_replaced()
    {
        PodSpec(Strategic("""{"containers":[{"name":"main","$patch":"delete"}]}""")).List("containers")!.Maps.Select(c => c.Text("name")).ShouldBe(["side"]);
        PodSpec(Strategic("""{"containers":[{"$patch":"replace"},{"name":"only","image":"o"}]}""")).List("containers")!.Maps.Select(c => c.Text("name")).ShouldBe(["only"]);
        PodSpec(Strategic("""{"tolerations":[{"key":"other"}]}""")).List("tolerations")!.Maps.Select(t => t.Text("key")).ShouldBe(["other"]);
    }

    [Fact]
    public void Null_removes_and_retainKeys_removes_the_rest()
    {
        PodSpec(Strategic("""{"nodeSelector":null}""")).Has("nodeSelector").ShouldBeFalse();
        var deployment = StrategicMergePatch.Apply(Deployments, Live(), """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}"""u8.ToArray(), "Ignore").Object!;
        deployment.At("spec", "strategy")!.ToString().ShouldBe("""{"type":"Recreate"}""");
    }

    [Fact]
    public void An_element_without_its_merge_key_is_refused()
    {
        var failure = Strategic("""{"containers":[{"image":"x"}]}""").Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(500);
        failure.Message.ShouldBe("map: map[image:x] does not contain declared merge key: name");
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/metadata/labels/b","value":"2"}]""", "b", "2")]
    [InlineData("""[{"op":"add","path":"/metadata/labels/x~1y~0z","value":"2"}]""", "x/y~z", "2")]
    [InlineData("""[{"op":"copy","from":"/metadata/labels/a","path":"/metadata/labels/c"}]""", "c", "1")]
    [InlineData("""[{"op":"move","from":"/metadata/labels/a","path":"/metadata/labels/d"}]""", "d", "1")]
    [InlineData("""[{"op":"test","path":"/metadata/labels/a","value":"1"},{"op":"replace","path":"/metadata/labels/a","value":"9"}]""", "a", "9")]
    public void JSON_patch_operations_change_what_they_name(string patch, string label, string value) =>
        Json(patch).Object!.At("metadata", "labels", label).ShouldBe(value);

    [Theory]
    [InlineData("""[{"op":"test","path":"/metadata/labels/a","value":"2"}]""")]
    [InlineData("""[{"op":"remove","path":"/metadata/labels/none"}]""")]
    [InlineData("""[{"op":"replace","path":"/spec/none/x","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/spec/template/spec/containers/9","value":{}}]""")]
    [InlineData("""[{"op":"dance","path":"/spec"}]""")]
    [InlineData("""[{"op":"add","path":"/metadata/labels/z"}]""")]
    public void A_JSON_patch_that_cannot_be_carried_out_is_rejected(string patch)
    {
        var failure = Json(patch).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(422);
        failure.Message.ShouldBe("the server rejected our request due to an error in our request");
    }

    [Fact]
    public void A_patch_that_is_no_JSON_is_refused()
    {
        Json("nope").Failure!.Message.ShouldBe("error decoding patch: invalid character 'o' in literal null (expecting 'u')");
        Json("{}").Failure!.Message.ShouldBe("error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
    }

    [Fact]
    public void A_patch_to_a_wrong_type_or_an_unknown_field_is_refused()
    {
        MergePatch.Apply(Deployments, Live(), """{"spec":{"replicas":"many"}}"""u8.ToArray(), "Ignore").Failure!.Message!.ShouldContain("cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
        MergePatch.Apply(Deployments, Live(), """{"spec":{"nonsense":1}}"""u8.ToArray(), "Strict").Failure!.Message!.ShouldContain("unknown field \"spec.nonsense\"");
        MergePatch.Apply(Deployments, Live(), """{"spec":{"nonsense":1}}"""u8.ToArray(), "Warn").Warnings.ShouldBe(["unknown field \"spec.nonsense\""]);
    }

    [Fact]
    public void The_live_object_stays_as_it_was()
    {
        var live = Live();
        MergePatch.Apply(Deployments, live, """{"spec":{"replicas":9},"metadata":{"labels":null}}"""u8.ToArray(), "Ignore").Object!.At("spec", "replicas").ShouldBe(9L);
        Tree.Same(live, Live()).ShouldBeTrue();
    }

    [Fact]
    public void The_difference_of_two_maps_applied_to_the_one_gives_the_other() => Check.QuickThrowOnFailure(Prop.ForAll(
        Maps(), Maps(), (from, to) => Tree.Same(MergePatch.Merge(from, MergePatch.Diff(from, to)), to)));

    [Fact]
    public void A_merge_patch_applied_twice_changes_nothing_more() => Check.QuickThrowOnFailure(Prop.ForAll(
        Maps(), Maps(), (target, patch) => MergePatch.Merge(target, patch) is var once && Tree.Same(MergePatch.Merge(once, patch), once)));

    /// <summary>Small maps of maps, texts and lists, without null.</summary>
    private static Arbitrary<JsonMap> Maps()
    {
        var key = Gen.Elements("a", "b", "c");
        var leaf = Gen.Elements<object?>("x", "y", 1L, true);
        Gen<JsonMap> Map(int depth) => Gen.ListOf(Gen.Zip(key, depth == 0 ? leaf : Gen.OneOf(leaf, Map(depth - 1).Select(map => (object?)map), leaf.Select(item => (object?)new JsonList { item })))).Select(pairs =>
        {
            var map = new JsonMap();
            foreach (var (name, value) in pairs.Take(4))
                map[name] = value;
            return map;
        });
        return Arb.From(Map(2));
    }
}
