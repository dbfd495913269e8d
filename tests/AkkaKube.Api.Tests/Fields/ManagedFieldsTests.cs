using System.Text;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Defaults;
using AkkaKube.Api.Fields;
using AkkaKube.Api.Patches;

namespace AkkaKube.Api.Tests.Fields;

public class ManagedFieldsTests
{
    private static readonly ResourceType Pods = Resources.BuiltIn.Get(GroupVersionResource.Pods);
    private static readonly ResourceType ConfigMaps = Resources.BuiltIn.Get(GroupVersionResource.ConfigMaps);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static JsonMap Read(ResourceType type, string json) => ObjectDecoder.Decode(type, Encoding.UTF8.GetBytes(json), "Strict").Object!;

    private static FieldWriter By(string manager, int minute = 0, string? subresource = null) => new(manager, subresource, Noon.AddMinutes(minute)) { ResetFields = subresource is null ? ["status"] : ["spec"] };

    private static JsonMap Created(ResourceType type, string json, string manager = "one")
    {
        var o = Read(type, json);
        ManagedFields.Track(type, null, o, By(manager));
        o.Need("metadata")["uid"] = "u";
        return o;
    }

    private static string Managers(JsonMap o) => string.Join(' ', (o.Map("metadata")!.List("managedFields") ?? []).Cast<JsonMap>().Select(entry => $"{entry["manager"]}/{entry["operation"]}:{entry["fieldsV1"]}"));

    private static Patched Apply(ResourceType type, JsonMap? live, string manager, string json, bool force = false, int minute = 1) =>
        ServerSideApply.Apply(type, live, Encoding.UTF8.GetBytes(json), By(manager, minute), force);

    private static string Config(string data) => $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{{data}}}""";

    [Fact]
    public void Who_creates_an_object_owns_what_it_said() =>
        Managers(Created(ConfigMaps, """{"metadata":{"name":"c","labels":{"a":"1"}},"data":{"k":"v"}}"""))
            .ShouldBe("""one/Update:{"f:data":{".":{},"f:k":{}},"f:metadata":{"f:labels":{".":{},"f:a":{}}}}""");

    [Fact]
    public void An_entry_says_how_and_when() =>
        Created(ConfigMaps, Config("""{"k":"v"}""")).Map("metadata")!.List("managedFields")!.ToString()
            .ShouldBe("""[{"manager":"one","operation":"Update","apiVersion":"v1","time":"2026-01-01T12:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:k":{}}}}]""");

    [Fact]
    public void Elements_of_lists_are_owned_by_their_keys() =>
        Managers(Created(Pods, """{"metadata":{"name":"p","finalizers":["x"]},"spec":{"containers":[{"name":"main","ports":[{"containerPort":80}]}],"tolerations":[{"key":"a"}]}}"""))
            .ShouldBe("""one/Update:{"f:metadata":{"f:finalizers":{".":{},"v:\"x\"":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"main\"}":{".":{},"f:name":{},"f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}},"f:resources":{}}},"f:tolerations":{}}}""");

    [Fact]
    public void Who_changes_a_field_takes_it_over()
    {
        var live = Created(ConfigMaps, Config("""{"a":"1","b":"2"}"""));
        var changed = Read(ConfigMaps, Config("""{"a":"1","b":"3","c":"4"}"""));
        ManagedFields.Track(ConfigMaps, live, changed, By("two", 1));
        Managers(changed).ShouldBe("""one/Update:{"f:data":{".":{},"f:a":{}}} two/Update:{"f:data":{"f:b":{},"f:c":{}}}""");
    }

    [Fact]
    public void A_write_that_changes_nothing_changes_no_owner()
    {
        var live = Created(ConfigMaps, Config("""{"a":"1"}"""));
        var same = Read(ConfigMaps, Config("""{"a":"1"}"""));
        ManagedFields.Track(ConfigMaps, live, same, By("two", 1));
        Managers(same).ShouldBe(Managers(live));
    }

    [Fact]
    public void The_status_is_owned_through_its_own_path()
    {
        var live = Created(Pods, """{"metadata":{"name":"p"},"spec":{"nodeName":"n"},"status":{"phase":"Pending"}}""");
        Managers(live).ShouldBe("""one/Update:{"f:spec":{"f:nodeName":{}}}""");
        var beat = Read(Pods, """{"metadata":{"name":"p"},"spec":{"nodeName":"other"},"status":{"phase":"Running"}}""");
        ManagedFields.Track(Pods, live, beat, By("kubelet", 1, "status"));
        Managers(beat).ShouldBe("""one/Update:{"f:spec":{"f:nodeName":{}}} kubelet/Update:{"f:status":{"f:phase":{}}}""");
        beat.Map("metadata")!.List("managedFields")!.Maps.Last()["subresource"].ShouldBe("status");
    }

    [Fact]
    public void One_empty_entry_ends_the_tracking()
    {
        var live = Created(ConfigMaps, Config("""{"a":"1"}"""));
        var reset = Read(ConfigMaps, """{"metadata":{"name":"c","managedFields":[{}]},"data":{"a":"2"}}""");
        ManagedFields.Track(ConfigMaps, live, reset, By("two", 1));
        reset.Map("metadata")!.Has("managedFields").ShouldBeFalse();
    }

    [Fact]
    public void More_than_ten_updaters_are_thrown_together()
    {
        var live = Created(ConfigMaps, Config("""{"k0":"v"}"""), "m00");
        for (var i = 1; i <= 12; i++)
        {
            var next = live.Clone();
            next.Map("metadata")!.Remove("managedFields");
            next.Map("data")![$"k{i}"] = "v";
            ManagedFields.Track(ConfigMaps, live, next, By($"m{i:00}", i));
            live = next;
        }

        var managers = live.Map("metadata")!.List("managedFields")!.Maps.Select(entry => entry.Text("manager")).ToList();
        managers.Count.ShouldBe(10);
        managers[0].ShouldBe("ancient-changes");
        managers[^1].ShouldBe("m12");
    }

    [Fact]
    public void Two_appliers_share_an_object()
    {
        var one = Apply(ConfigMaps, null, "alice", Config("""{"a":"1"}""")).Object!;
        var two = Apply(ConfigMaps, one, "bob", Config("""{"b":"2"}""")).Object!;
        two.Map("data")!.ToString().ShouldBe("""{"a":"1","b":"2"}""");
        Managers(two).ShouldBe("""alice/Apply:{"f:data":{"f:a":{}}} bob/Apply:{"f:data":{"f:b":{}}}""");
    }

    [Fact]
    public void What_an_applier_no_longer_says_goes_unless_another_owns_it()
    {
        var live = Apply(ConfigMaps, null, "alice", Config("""{"a":"1","b":"2"}""")).Object!;
        live = Apply(ConfigMaps, live, "bob", Config("""{"b":"2"}""")).Object!;
        Apply(ConfigMaps, live, "alice", Config("{}")).Object!.Map("data")!.ToString().ShouldBe("""{"b":"2"}""");
    }

    [Fact]
    public void A_field_of_another_manager_with_another_value_is_a_conflict()
    {
        var live = Apply(ConfigMaps, null, "alice", Config("""{"a":"1"}""")).Object!;
        var failure = Apply(ConfigMaps, live, "bob", Config("""{"a":"2"}""")).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(409);
        failure.Message.ShouldBe("Apply failed with 1 conflict: conflict with \"alice\": .data.a");
        failure.Details!.Causes.Single().Field.ShouldBe(".data.a");
        var forced = Apply(ConfigMaps, live, "bob", Config("""{"a":"2"}"""), force: true).Object!;
        Managers(forced).ShouldBe("""bob/Apply:{"f:data":{"f:a":{}}}""");
    }

    [Fact]
    public void Many_conflicts_are_told_by_manager()
    {
        var live = Created(ConfigMaps, Config("""{"a":"1","b":"2"}"""));
        Apply(ConfigMaps, live, "bob", Config("""{"a":"3","b":"4"}""")).Failure!.Message
            .ShouldBe("Apply failed with 2 conflicts: conflicts with \"one\" using v1:\n- .data.a\n- .data.b");
    }

    [Fact]
    public void Kubectl_takes_over_what_it_applied_on_its_own_side()
    {
        var live = Created(ConfigMaps, """{"metadata":{"name":"c","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"1\"}}"}},"data":{"a":"1"}}""", "kubectl-client-side-apply");
        Apply(ConfigMaps, live, "someone", Config("""{"a":"2"}""")).Failure.ShouldNotBeNull();
        var applied = Apply(ConfigMaps, live, "kubectl", Config("""{"a":"2"}""")).Object!;
        applied.At("data", "a").ShouldBe("2");
        applied.At("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration").ShouldBe(Config("""{"a":"2"}""") + "\n");
    }

    [Theory]
    [InlineData("""{"nonsense":1}""", "/c; /v1, Kind=ConfigMap): .nonsense: field not declared in schema")]
    [InlineData("""{"data":{"a":1}}""", "/c; /v1, Kind=ConfigMap): .data.a: expected string, got &value.valueUnstructured{Value:1}")]
    [InlineData("""{"data":"x"}""", "/c; /v1, Kind=ConfigMap): .data: expected map, got &{\"x\"}")]
    public void A_configuration_that_does_not_fit_the_schema_is_refused(string extra, string why)
    {
        var o = Read(ConfigMaps, Config("{}"));
        var body = MergePatch.Merge(new JsonMap(("apiVersion", "v1"), ("kind", "ConfigMap"), ("metadata", new JsonMap(("name", "c")))), Tree.Parse(Encoding.UTF8.GetBytes(extra)));
        var failure = ServerSideApply.Apply(ConfigMaps, o, Tree.Utf8(body), By("alice"), false).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(500);
        failure.Message.ShouldBe("failed to create typed patch object (" + why);
    }

    [Fact]
    public void Applying_again_changes_nothing()
    {
        const string pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","labels":{"a":"1"}},"spec":{"containers":[{"name":"b","image":"x"},{"name":"a","image":"y","env":[{"name":"E","value":"1"}]}]}}""";
        var once = Apply(Pods, null, "alice", pod).Object!;
        Tree.Same(Apply(Pods, once, "alice", pod, minute: 9).Object, once).ShouldBeTrue();
    }

    [Fact]
    public void An_applied_list_keeps_its_order_among_what_others_put_in()
    {
        string Pod(params string[] names) => """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[""" + string.Join(',', names.Select(name => $$"""{"name":"{{name}}"}""")) + "]}}";
        var live = Apply(Pods, null, "alice", Pod("a", "b", "c")).Object!;
        var merged = Apply(Pods, live, "bob", Pod("c", "x", "a")).Object!;
        merged.Map("spec")!.List("containers")!.Maps.Select(container => container.Text("name")).ShouldBe(["b", "c", "x", "a"]);
        Defaulting.Apply(Pods, merged);
        merged.At("spec", "restartPolicy").ShouldBe("Always");
    }

    [Fact]
    public void Sets_of_fields_keep_the_laws_of_sets()
    {
        var a = FieldSet.OfPaths(["spec.x", "spec.y", "metadata"]);
        var b = FieldSet.OfPaths(["spec.y", "spec.z"]);
        a.Union(b).Paths().ShouldBe([".metadata", ".spec.x", ".spec.y", ".spec.z"]);
        a.Intersection(b).Paths().ShouldBe([".spec.y"]);
        a.Difference(b).Paths().ShouldBe([".metadata", ".spec.x"]);
        a.RecursiveDifference(FieldSet.OfPaths(["spec"])).Paths().ShouldBe([".metadata"]);
        FieldSet.FromValue(a.ToRaw()).Paths().ShouldBe(a.Paths());
    }
}
