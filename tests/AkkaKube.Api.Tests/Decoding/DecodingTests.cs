using System.Text;
using AkkaKube.Api.Decoding;

namespace AkkaKube.Api.Tests.Decoding;

public class DecodingTests
{
    private static readonly ResourceType Pods = Resources.BuiltIn.Get(GroupVersionResource.Pods);
    private static readonly ResourceType Services = Resources.BuiltIn.Get(GroupVersionResource.Services);

    private static Decoded Pod(string json, string fieldValidation = "Ignore") => ObjectDecoder.Decode(Pods, Encoding.UTF8.GetBytes(json), fieldValidation);

    [Theory]
    [InlineData("""{"metadata":{"name":7}}""", "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string")]
    [InlineData("""{"metadata":{"uid":[]}}""", "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.uid of type types.UID")]
    [InlineData("""{"metadata":{"labels":{"a":true}}}""", "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string")]
    [InlineData("""{"metadata":[]}""", "json: cannot unmarshal array into Go struct field Pod.metadata of type v1.ObjectMeta")]
    [InlineData("""{"spec":{"containers":{}}}""", "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container")]
    [InlineData("""{"spec":{"containers":[{"ports":[{"containerPort":"x"}]}]}}""", "json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32")]
    [InlineData("""{"spec":{"priority":3000000000}}""", "json: cannot unmarshal number 3000000000 into Go struct field PodSpec.spec.priority of type int32")]
    [InlineData("""{"spec":{"priority":1.5}}""", "json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.priority of type int32")]
    [InlineData("""{"spec":{"volumes":[{"emptyDir":1}]}}""", "json: cannot unmarshal number into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource")]
    [InlineData("""{"spec":{"containers":[{"resources":{"limits":{"cpu":"much"}}}]}}""", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("""{"metadata":{"creationTimestamp":"yesterday"}}""", "parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"yesterday\" as \"2006\"")]
    [InlineData("""{"metadata":{"creationTimestamp":"2024-13-01T00:00:00Z"}}""", "parsing time \"2024-13-01T00:00:00Z\": month out of range")]
    [InlineData("""{"spec":{"containers":[{"livenessProbe":{"httpGet":{"port":{}}}}]}}""", "json: cannot unmarshal object into Go value of type int32")]
    public void A_value_of_a_wrong_type_is_refused_in_the_words_of_Go(string json, string why)
    {
        var failure = Pod(json).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(400);
        failure.Message.ShouldBe($"Pod in version \"v1\" cannot be handled as a Pod: {why}");
    }

    [Theory]
    [InlineData("{", "unexpected end of JSON input ({)")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key ({\"a\" 1})")]
    [InlineData("{\"a\":tru}", "invalid character '}' in literal true (expecting 'e') ({\"a\":tru})")]
    [InlineData("{} x", "invalid character 'x' after top-level value ({} x)")]
    public void Broken_JSON_is_refused_with_the_place_where_it_breaks(string json, string why) =>
        Pod(json).Failure!.Message.ShouldBe("the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: " + why);

    [Fact]
    public void Another_kind_is_refused()
    {
        Pod("""{"kind":"Secret","apiVersion":"v1"}""").Failure!.Message.ShouldBe("Secret in version \"v1\" cannot be handled as a Pod: converting (v1.Secret) to (core.Pod): unknown conversion");
        Pod("""{"kind":"Pod","apiVersion":"v9"}""").Failure!.Message.ShouldBe("Pod in version \"v9\" cannot be handled as a Pod: no kind \"Pod\" is registered for version \"v9\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
    }

    [Fact]
    public void Unknown_and_duplicate_fields_are_refused_warned_of_or_passed_over()
    {
        const string json = """{"metadata":{"name":"a","name":"b"},"spec":{"containers":[{"imige":"x","name":"c"}]},"Kind":"x"}""";
        Pod(json, "Strict").Failure!.Message.ShouldBe("Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: duplicate field \"metadata.name\", unknown field \"spec.containers[0].imige\", unknown field \"Kind\"");
        Pod(json, "Warn").Warnings.ShouldBe(["duplicate field \"metadata.name\"", "unknown field \"spec.containers[0].imige\"", "unknown field \"Kind\""]);
        Pod(json).Object!.At("metadata", "name").ShouldBe("b");
        Pod(json).Object!.Map("spec")!.List("containers")!.Maps.Single().Has("imige").ShouldBeFalse();
    }

    [Fact]
    public void The_tree_is_what_a_Go_struct_would_write()
    {
        var o = Pod("""{"metadata":{"labels":{},"finalizers":[],"generation":0},"spec":{"hostNetwork":false,"nodeName":"","priority":0,"containers":[{"name":"a","resources":{"limits":{"cpu":"0.5","memory":"1024Mi"}}}],"volumes":[{"name":"v","emptyDir":{}}]}}""").Object!;
        o.ToString().ShouldBe("""{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{"priority":0,"containers":[{"name":"a","resources":{"limits":{"cpu":"500m","memory":"1Gi"}}}],"volumes":[{"name":"v","emptyDir":{}}]},"status":{}}""");
    }

    [Fact]
    public void Encoding_follows_the_order_of_the_structs_and_leaves_room_for_the_revision()
    {
        var o = ObjectDecoder.Decode(Services, """{"spec":{"selector":{"b":"2","a":"1"},"ports":[{"targetPort":"http","port":80}]},"metadata":{"labels":{"z":"1"},"name":"web","namespace":"n"}}"""u8.ToArray(), "Strict").Object!;
        var encoded = ObjectEncoder.Encode(Services.Schema, o);
        encoded.Key.ShouldBe(new ObjectKey("n", "web"));
        encoded.At(42).ToString().ShouldBe("""{"kind":"Service","apiVersion":"v1","metadata":{"name":"web","namespace":"n","resourceVersion":"42","labels":{"z":"1"}},"spec":{"ports":[{"port":80,"targetPort":"http"}],"selector":{"a":"1","b":"2"}},"status":{"loadBalancer":{}}}""");
    }

    [Fact]
    public void What_was_stored_reads_as_the_same_tree()
    {
        var o = Pod("""{"metadata":{"name":"a","managedFields":[{"manager":"m","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{".":{}}}}]},"spec":{"containers":[{"name":"c","env":[{"name":"A","value":"1"}]}]}}""").Object!;
        var stored = ObjectEncoder.Encode(Pods.Schema, o).At(1);
        o.Map("metadata")!["resourceVersion"] = "1";
        Tree.Same(ObjectTree.Of(Pods, stored), o).ShouldBeTrue();
    }

    [Fact]
    public void Bytes_that_are_no_base64_are_refused() =>
        ObjectDecoder.Decode(Resources.BuiltIn.Get(GroupVersionResource.Secrets), """{"data":{"k":"ab$d"}}"""u8.ToArray(), "Ignore").Failure!.Message.ShouldEndWith("illegal base64 data at input byte 2");

    [Fact]
    public void An_empty_list_that_must_be_written_is_null_once_stored()
    {
        var slices = Resources.BuiltIn.Get(GroupVersionResource.EndpointSlices);
        var o = ObjectDecoder.Decode(slices, """{"metadata":{"name":"a"},"addressType":"IPv4","endpoints":[],"ports":[]}"""u8.ToArray(), "Strict").Object!;
        o.List("endpoints").ShouldNotBeNull();
        Encoding.UTF8.GetString(ObjectEncoder.Utf8(slices.Schema, o)).ShouldBe("""{"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":"a"},"addressType":"IPv4","endpoints":null,"ports":null}""");
    }
}
