using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tests.Validation;

public class ServiceValidationTests
{
    [Fact]
    public void A_plain_service_is_valid() => Faults.Of(Valid.Service()).ShouldBeEmpty();

    [Fact]
    public void Type_and_policies_are_known_words()
    {
        Of(spec => spec with { Type = "Mesh" }).ShouldBe(["spec.type: Unsupported value: \"Mesh\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\""]);
        Of(spec => spec with { SessionAffinity = "Forever" }).ShouldBe(["spec.sessionAffinity: Unsupported value: \"Forever\": supported values: \"ClientIP\", \"None\""]);
        Of(spec => spec with { InternalTrafficPolicy = "Near" }).ShouldBe(["spec.internalTrafficPolicy: Unsupported value: \"Near\": supported values: \"Cluster\", \"Local\""]);
        Of(spec => spec with { TrafficDistribution = "Fair" }).Single().ShouldStartWith("spec.trafficDistribution: Unsupported value: \"Fair\": supported values:");
    }

    [Fact]
    public void Ports_have_numbers_protocols_and_names_once_there_are_two()
    {
        Ports().ShouldBe(["spec.ports: Required value"]);
        Ports(Port(0)).ShouldBe(["spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive"]);
        Ports(Port(80) with { Protocol = "ICMP" }).ShouldBe(["spec.ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\""]);
        Ports(Port(80) with { TargetPort = 70000 }).ShouldBe(["spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive"]);
        Ports(Port(80) with { TargetPort = "no_port" }).Single().ShouldStartWith("spec.ports[0].targetPort: Invalid value: \"no_port\": must contain only");
        Ports(Port(80), Port(81)).ShouldBe(["spec.ports[0].name: Required value", "spec.ports[1].name: Required value"]);
        Ports(Port(80) with { Name = "a" }, Port(81) with { Name = "a" }).ShouldBe(["spec.ports[1].name: Duplicate value: \"a\""]);
        Ports(Port(80) with { Name = "a" }, Port(80) with { Name = "b" })
            .ShouldBe(["spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}"]);
        Ports(Port(80) with { NodePort = 30080 }).ShouldBe(["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"]);
    }

    [Fact]
    public void A_service_for_an_outside_name_has_that_name_and_no_address()
    {
        Of(_ => new ServiceSpec { Type = "ExternalName", SessionAffinity = "None", ExternalName = "db.example.com" }).ShouldBeEmpty();
        Of(_ => new ServiceSpec { Type = "ExternalName", SessionAffinity = "None" }).ShouldBe(["spec.externalName: Required value"]);
        Of(spec => spec with { Type = "ExternalName", ExternalName = "db.example.com", InternalTrafficPolicy = null }).ShouldContain("spec.clusterIPs: Forbidden: may not be set for ExternalName services");
    }

    [Fact]
    public void Addresses_and_families_belong_together()
    {
        Of(spec => spec with { ClusterIPs = ["10.96.1.3"] }).ShouldBe(["spec.clusterIPs: Invalid value: [\"10.96.1.3\"]: first value must match `clusterIP`"]);
        Of(spec => spec with { ClusterIPs = [] }).ShouldBe(["spec.clusterIPs: Required value"]);
        Of(spec => spec with { IpFamilies = ["IPv6"] }).ShouldBe(["spec.clusterIPs[0]: Invalid value: \"10.96.1.2\": expected an IPv6 value as indicated by `ipFamilies[0]`"]);
        Of(spec => spec with { IpFamilies = ["IPv5"] }).ShouldBe(["spec.ipFamilies[0]: Unsupported value: \"IPv5\": supported values: \"IPv4\", \"IPv6\""]);
        Of(spec => spec with { ClusterIP = "None", ClusterIPs = ["None"] }).ShouldBeEmpty();
    }

    [Fact]
    public void What_only_some_types_have_the_others_must_not()
    {
        Of(spec => spec with { ExternalTrafficPolicy = "Local" }).ShouldBe(["spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services"]);
        Of(spec => spec with { LoadBalancerSourceRanges = ["10.0.0.0/8"] }).ShouldBe(["spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"]);
        Of(spec => spec with { AllocateLoadBalancerNodePorts = true }).ShouldBe(["spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'"]);
        Of(spec => spec with { LoadBalancerClass = "a/b" }).ShouldBe(["spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'"]);
        Of(spec => spec with { ExternalIPs = ["127.0.0.1"], ExternalTrafficPolicy = "Cluster" })
            .ShouldBe(["spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)"]);
    }

    [Fact]
    public void Affinity_lasts_a_day_at_most()
    {
        Of(spec => spec with { SessionAffinity = "ClientIP" }).ShouldBe(["spec.sessionAffinityConfig: Required value: when session affinity type is ClientIP"]);
        Of(spec => spec with { SessionAffinity = "ClientIP", SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 86401 } } })
            .ShouldBe(["spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400"]);
        Of(spec => spec with { SessionAffinityConfig = new SessionAffinityConfig { ClientIP = new ClientIPConfig { TimeoutSeconds = 1 } } }).Single()
            .ShouldContain("must not be set when session affinity is None");
    }

    [Fact]
    public void An_address_stays_for_life()
    {
        Update(spec => spec with { ClusterIP = "10.96.1.9", ClusterIPs = ["10.96.1.9"] }).ShouldBe(["spec.clusterIPs[0]: Invalid value: [\"10.96.1.9\"]: may not change once set"]);
        Update(spec => spec with { Type = "NodePort", ExternalTrafficPolicy = "Cluster", Ports = [Port(80) with { NodePort = 30080 }] }).ShouldBeEmpty();
        Update(spec => spec with { Type = "ExternalName", ExternalName = "db.example.com", InternalTrafficPolicy = null }).ShouldBeEmpty();
    }

    private static ServicePort Port(int number) => new() { Port = number, TargetPort = 8080, Protocol = "TCP" };

    private static string[] Ports(params ServicePort[] ports) => Of(spec => spec with { Ports = ports });

    private static string[] Of(Func<ServiceSpec, ServiceSpec> change) => Faults.Of(Valid.Service() with { Spec = change(Valid.Service().Spec) });

    private static string[] Update(Func<ServiceSpec, ServiceSpec> change) => Faults.OfUpdate(Valid.Service(), service => service with { Spec = change(service.Spec) });
}
