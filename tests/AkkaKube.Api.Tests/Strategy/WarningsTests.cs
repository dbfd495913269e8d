using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Api.Strategy;
using AkkaKube.Api.Tests.Validation;

namespace AkkaKube.Api.Tests.Strategy;

public class WarningsTests
{
    private static readonly PodSpec Plain = Valid.PodSpec();

    [Fact]
    public void A_plain_pod_gives_none() => Of(Plain).ShouldBeEmpty();

    [Fact]
    public void A_name_that_is_no_host_name() =>
        Of(Valid.Pod() with { Metadata = Valid.Meta("web.1") }).ShouldBe(["metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]"]);

    [Fact]
    public void Labels_of_nodes_that_have_new_names()
    {
        Of(Plain with { NodeSelector = ValueMap.Of(("beta.kubernetes.io/os", "linux")) }).ShouldBe(["spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead"]);
        Of(Plain with { TopologySpreadConstraints = [new TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "failure-domain.beta.kubernetes.io/zone", WhenUnsatisfiable = "ScheduleAnyway" }] }).ShouldBe([
            "spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod"]);
    }

    [Fact]
    public void A_variable_that_hides_another()
    {
        Env(("A", "1"), ("A", "2")).ShouldBe(["spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply"]);
        Env(("A", "1"), ("A", "$(A)2")).ShouldBeEmpty();

        static IReadOnlyList<string> Env(params (string Name, string Value)[] variables) =>
            Of(Plain with { Containers = [Valid.Container() with { Env = [.. variables.Select(each => new EnvVar { Name = each.Name, Value = each.Value })] }] });
    }

    [Fact]
    public void Ports_that_are_the_same_or_may_be()
    {
        Ports(Port(80), Port(80)).ShouldBe(["spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]"]);
        Ports(Port(80), Port(80) with { HostPort = 8080 }).ShouldBe(["spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]"]);
        Ports(Port(80) with { HostPort = 8080 }, Port(80) with { HostPort = 8080, HostIP = "10.0.0.1" })
            .ShouldBe(["spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]"]);
        Ports(Port(80), Port(80) with { Protocol = "UDP" }).ShouldBeEmpty();

        static ContainerPort Port(int number) => new() { ContainerPortValue = number, Protocol = "TCP" };
        static IReadOnlyList<string> Ports(params ContainerPort[] ports) => Of(Plain with { Containers = [Valid.Container() with { Ports = ports }] });
    }

    [Fact]
    public void Fractions_of_a_byte() =>
        Of(Plain with { Containers = [Valid.Container() with { Resources = new ResourceRequirements { Limits = ValueMap.Of(("memory", Quantity.Parse("100m"))) } }] })
            .ShouldBe(["spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is invalid, must be an integer"]);

    [Fact]
    public void Files_of_a_volume_in_each_others_way()
    {
        var items = ValueList.Create<KeyToPath>([new KeyToPath { Key = "a", Path = "x" }, new KeyToPath { Key = "b", Path = "x/y" }]);
        Of(Plain with { Volumes = [new Volume { Name = "v", Secret = new SecretVolumeSource { SecretName = "s", DefaultMode = 420, Items = items } }] })
            .ShouldBe(["volume \"v\" (Secret \"s\"): overlapping paths: \"x/y\" with \"x\""]);
        Of(Plain with
        {
            Volumes =
            [
                new Volume
                {
                    Name = "v",
                    Projected = new ProjectedVolumeSource
                    {
                        DefaultMode = 420,
                        Sources =
                        [
                            new VolumeProjection { ConfigMap = new ConfigMapProjection { Name = "c", Items = [new KeyToPath { Key = "k", Path = "token" }] } },
                            new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { Path = "token", ExpirationSeconds = 3600 } },
                        ],
                    },
                },
            ],
        }).ShouldBe(["volume \"v\" (Projected): overlapping paths: \"token\" (ServiceAccountToken) with \"token\" (ConfigMap \"c\")"]);
    }

    [Fact]
    public void Volumes_of_another_time() =>
        Of(Plain with { Volumes = [new Volume { Name = "v", Glusterfs = new GlusterfsVolumeSource { Endpoints = "e", Path = "p" } }] })
            .ShouldBe(["spec.volumes[0].glusterfs: deprecated in v1.25, non-functional in v1.26+"]);

    [Fact]
    public void The_template_of_a_workload_is_looked_at_when_it_changes()
    {
        var spec = Valid.Deployment().Spec;
        var old = Valid.Deployment() with { Spec = spec with { Template = spec.Template with { Spec = Plain with { NodeSelector = ValueMap.Of(("beta.kubernetes.io/arch", "arm64")) } } } };
        const string warning = "spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use \"kubernetes.io/arch\" instead";
        var strategy = Strategies.For(GroupVersionResource.Deployments);
        PreparedWrite.ForCreate(strategy, old).Warnings.ShouldBe([warning]);
        PreparedWrite.ForUpdate(strategy, old with { Spec = old.Spec with { Replicas = 5 } }, old).Warnings.ShouldBe([warning]);
        PreparedWrite.ForUpdate(strategy, old with { Metadata = old.Metadata with { Labels = ValueMap.Of(("a", "b")) } }, old).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_service_without_address_ignores()
    {
        var spec = Valid.Service().Spec with { ClusterIP = "None", ClusterIPs = ["None"] };
        Of(spec).ShouldBeEmpty();
        Of(spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 5 } } })
            .ShouldBe(["spec.SessionAffinity is ignored for headless services"]);
        Of(spec with { ExternalName = "db.example.com" }).ShouldBe(["spec.externalName is ignored when spec.type is not \"ExternalName\""]);
        Of(spec with { TrafficDistribution = "PreferClose" }).ShouldBe(["spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\""]);

        static IReadOnlyList<string> Of(ServiceSpec spec)
        {
            var write = PreparedWrite.ForCreate(Strategies.For(GroupVersionResource.Services), Valid.Service() with { Spec = spec });
            write.Errors.ShouldBeEmpty();
            return write.Warnings;
        }
    }

    [Fact]
    public void A_certificate_that_is_none()
    {
        var data = ValueMap.Of(("tls.crt", Bytes.Utf8("nothing")), ("tls.key", Bytes.Utf8("nothing")));
        PreparedWrite.ForCreate(Strategies.For(GroupVersionResource.Secrets), Valid.Secret("kubernetes.io/tls") with { Data = data }).Warnings
            .ShouldBe(["tls: failed to find any PEM data in certificate input"]);
    }

    private static IReadOnlyList<string> Of(PodSpec spec) => Of(Valid.Pod() with { Spec = spec });

    private static IReadOnlyList<string> Of(Pod pod)
    {
        var write = PreparedWrite.ForCreate(Strategies.For(GroupVersionResource.Pods), pod);
        write.Errors.ShouldBeEmpty();
        return write.Warnings;
    }
}
