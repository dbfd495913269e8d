using System.Text;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Defaults;

namespace AkkaKube.Api.Tests.Defaults;

public class DefaultingTests
{
    private static JsonMap Defaulted(GroupVersionResource resource, string json)
    {
        var type = Resources.BuiltIn.Get(resource);
        var o = ObjectDecoder.Decode(type, Encoding.UTF8.GetBytes(json), "Strict").Object.ShouldNotBeNull();
        Defaulting.Apply(type, o);
        return o;
    }

    private static JsonMap Container(string json) => Defaulted(GroupVersionResource.Pods, $$$"""{"spec":{"containers":[{{{json}}}]}}""").Map("spec")!.List("containers")!.Maps.Single();

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("nginx:1.25", "IfNotPresent")]
    [InlineData("registry.example.com:5000/team/app", "Always")]
    [InlineData("registry.example.com:5000/team/app:v2", "IfNotPresent")]
    [InlineData("nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "IfNotPresent")]
    [InlineData("Not Valid!", "IfNotPresent")]
    [InlineData("", "IfNotPresent")]
    public void The_pull_policy_follows_from_the_tag(string image, string policy) => Container($$"""{"image":"{{image}}"}""")["imagePullPolicy"].ShouldBe(policy);

    [Fact]
    public void A_container_asks_for_its_limits_where_it_says_no_requests()
    {
        var requests = Container("""{"resources":{"limits":{"cpu":"2","memory":"1Gi"},"requests":{"cpu":"1"}}}""").Map("resources")!.Map("requests")!;
        requests["cpu"].ShouldBe("1");
        requests["memory"].ShouldBe("1Gi");
    }

    [Fact]
    public void A_pod_template_gets_no_requests_from_limits() =>
        Defaulted(GroupVersionResource.Deployments, """{"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"2"}}}]}}}}""")
            .At("spec", "template", "spec").ShouldBeOfType<JsonMap>().List("containers")!.Maps.Single().Map("resources")!.Has("requests").ShouldBeFalse();

    [Fact]
    public void Amounts_finer_than_a_thousandth_are_rounded_up() => Container("""{"resources":{"limits":{"cpu":"100u"}}}""").Map("resources")!.Map("limits")!["cpu"].ShouldBe("1m");

    [Fact]
    public void Probes_have_their_times() =>
        Container("""{"livenessProbe":{"httpGet":{"port":80},"periodSeconds":5}}""")["livenessProbe"]!.ToString()
            .ShouldBe("""{"httpGet":{"port":80,"path":"/","scheme":"HTTP"},"periodSeconds":5,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3}""");

    [Fact]
    public void A_volume_without_a_source_is_an_empty_directory() =>
        Defaulted(GroupVersionResource.Pods, """{"spec":{"volumes":[{"name":"v"},{"name":"c","configMap":{"name":"m"}}]}}""").Map("spec")!.List("volumes")!.ToString()
            .ShouldBe("""[{"name":"v","emptyDir":{}},{"name":"c","configMap":{"name":"m","defaultMode":420}}]""");

    [Fact]
    public void On_the_hosts_network_ports_are_ports_of_the_host()
    {
        var pod = Defaulted(GroupVersionResource.Pods, """{"spec":{"hostNetwork":true,"containers":[{"ports":[{"containerPort":80}]}]}}""");
        pod.Map("spec")!.List("containers")!.Maps.Single().List("ports")!.Maps.Single()["hostPort"].ShouldBe(80L);
    }

    [Theory]
    [InlineData("{}", """{"sessionAffinity":"None","type":"ClusterIP","internalTrafficPolicy":"Cluster"}""")]
    [InlineData("""{"type":"NodePort"}""", """{"sessionAffinity":"None","type":"NodePort","externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster"}""")]
    [InlineData("""{"type":"ExternalName"}""", """{"sessionAffinity":"None","type":"ExternalName"}""")]
    [InlineData("""{"sessionAffinity":"ClientIP"}""", """{"sessionAffinity":"ClientIP","type":"ClusterIP","internalTrafficPolicy":"Cluster","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":10800}}}""")]
    [InlineData("""{"type":"LoadBalancer"}""", """{"sessionAffinity":"None","type":"LoadBalancer","externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster","allocateLoadBalancerNodePorts":true}""")]
    public void A_service_gets_what_its_type_needs(string spec, string expected) =>
        Tree.Same(Defaulted(GroupVersionResource.Services, $$$"""{"spec":{{{spec}}}}""")["spec"], Tree.Parse(Encoding.UTF8.GetBytes(expected))).ShouldBeTrue();

    [Fact]
    public void A_service_port_targets_itself() =>
        Defaulted(GroupVersionResource.Services, """{"spec":{"ports":[{"port":80}]}}""").Map("spec")!.List("ports")!.ToString().ShouldBe("""[{"port":80,"targetPort":80,"protocol":"TCP"}]""");

    [Fact]
    public void A_namespace_carries_its_name_as_a_label() =>
        Defaulted(GroupVersionResource.Namespaces, """{"metadata":{"name":"a"}}""").At("metadata", "labels", "kubernetes.io/metadata.name").ShouldBe("a");

    [Fact]
    public void A_deployment_rolls_by_quarters() =>
        Defaulted(GroupVersionResource.Deployments, "{}").At("spec", "strategy")!.ToString().ShouldBe("""{"rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"},"type":"RollingUpdate"}""");

    [Fact]
    public void A_deployment_that_recreates_has_no_rolling_update() =>
        Defaulted(GroupVersionResource.Deployments, """{"spec":{"strategy":{"type":"Recreate"}}}""").At("spec", "strategy")!.ToString().ShouldBe("""{"type":"Recreate"}""");

    [Fact]
    public void Plain_text_of_a_secret_becomes_its_data()
    {
        var secret = Defaulted(GroupVersionResource.Secrets, """{"stringData":{"user":"u"},"data":{"user":"eA==","k":"AQ=="}}""");
        secret.Map("data")!.ToString().ShouldBe("""{"user":"dQ==","k":"AQ=="}""");
        secret.Has("stringData").ShouldBeFalse();
        secret["type"].ShouldBe("Opaque");
    }

    [Fact]
    public void Both_names_of_the_service_account_are_kept_alike() =>
        Defaulted(GroupVersionResource.Pods, """{"spec":{"serviceAccount":"robot"}}""").At("spec", "serviceAccountName").ShouldBe("robot");

    [Fact]
    public void Defaults_do_not_change_what_has_them()
    {
        foreach (var resource in new[] { GroupVersionResource.Pods, GroupVersionResource.Services, GroupVersionResource.Deployments, GroupVersionResource.Nodes })
        {
            var o = Defaulted(resource, """{"metadata":{"name":"a"}}""");
            var once = o.Clone();
            Defaulting.Apply(Resources.BuiltIn.Get(resource), o);
            Tree.Same(o, once).ShouldBeTrue();
        }
    }
}
