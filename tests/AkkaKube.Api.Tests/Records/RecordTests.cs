using System.Text;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tests.Records;

public class RecordTests
{
    private const string Web = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default","uid":"u-1","resourceVersion":"7","creationTimestamp":"2024-01-02T03:04:05Z","labels":{"app":"web","tier":"1"}},"spec":{"volumes":[{"name":"v","emptyDir":{}}],"containers":[{"name":"main","image":"nginx","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{"limits":{"cpu":"500m","memory":"1Gi"}},"livenessProbe":{"httpGet":{"path":"/","port":"http"},"periodSeconds":10}}],"restartPolicy":"Always","nodeName":"n1"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":"2024-01-02T03:04:05Z"}]}}
        """;

    [Fact]
    public void A_pod_reads_and_writes_the_same_JSON() =>
        ApiJson.Text(ApiJson.Read<Pod>(Encoding.UTF8.GetBytes(Web))).ShouldBe(Web.Trim());

    [Fact]
    public void A_pod_read_twice_is_equal_to_itself() =>
        ApiJson.Read<Pod>(Encoding.UTF8.GetBytes(Web)).ShouldBe(ApiJson.Read<Pod>(Encoding.UTF8.GetBytes(Web)));

    [Fact]
    public void What_is_read_can_be_asked_by_its_Kubernetes_name()
    {
        var pod = ApiJson.Read<Pod>(Encoding.UTF8.GetBytes(Web));
        pod.Metadata.Labels["app"].ShouldBe("web");
        pod.Spec.Containers[0].Resources.Limits["memory"].Value.ShouldBe(1 << 30);
        pod.Spec.Containers[0].LivenessProbe!.HttpGet!.Port.ShouldBe("http");
        pod.Spec.NodeName.ShouldBe("n1");
        pod.Status.Phase.ShouldBe(PodPhase.Running);
        pod.Status.Conditions[0].LastProbeTime.ShouldBeNull();
        pod.Metadata.CreationTimestamp.ShouldBe(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }

    [Fact]
    public void Unknown_fields_are_passed_over() =>
        ApiJson.Read<ConfigMap>("""{"kind":"ConfigMap","extra":{"a":[1,{"b":null}]},"metadata":{"name":"x"}}"""u8).Metadata.Name.ShouldBe("x");

    [Fact]
    public void A_new_object_has_all_its_structs()
    {
        var deployment = new Deployment();
        deployment.Metadata.Labels.ShouldBeEmpty();
        deployment.Spec.Template.Spec.Containers.ShouldBeEmpty();
        deployment.Spec.Selector.ShouldBeNull();
    }

    [Fact]
    public void A_secret_carries_bytes() =>
        ApiJson.Read<Secret>("""{"kind":"Secret","apiVersion":"v1","metadata":{},"data":{"k":"AQID"}}"""u8).Data["k"].Span.ToArray().ShouldBe([1, 2, 3]);

    [Fact]
    public void An_object_of_any_kind_is_found_by_what_it_says() => ApiObject.FromJson(Encoding.UTF8.GetBytes(Web)).Object.ShouldBeOfType<Pod>();

    [Fact]
    public void Key_and_revision_are_read_from_the_metadata()
    {
        var o = ApiObject.FromJson(Encoding.UTF8.GetBytes(Web));
        o.Key.ShouldBe(new ObjectKey("default", "web"));
        o.ResourceVersion.ShouldBe(7);
    }

    [Fact]
    public void The_revision_is_put_where_it_belongs()
    {
        var json = Encoding.UTF8.GetBytes("""{"metadata":{"resourceVersion":""}}""");
        var encoded = new EncodedObject(json, 32, new ObjectKey(null, "x"));
        encoded.At(1234).ToString().ShouldBe("""{"metadata":{"resourceVersion":"1234"}}""");
        encoded.At(1234).ResourceVersion.ShouldBe(1234);
    }

    [Fact]
    public void A_map_is_made_by_a_collection_expression() =>
        new Pod { Metadata = new() { Labels = [new("b", "2"), new("a", "1")] } }.Metadata.Labels.ToString().ShouldBe("a=1,b=2");
}
