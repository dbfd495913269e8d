using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Strategy;
using AkkaKube.Api.Tests.Validation;

namespace AkkaKube.Api.Tests.Strategy;

public class ServiceStrategyTests
{
    private static readonly ServiceSpec Fresh = Valid.Service().Spec with { ClusterIP = null, ClusterIPs = [], IpFamilies = [], IpFamilyPolicy = null };

    [Fact]
    public void A_service_that_says_nothing_gets_one_family()
    {
        var (service, errors) = Settle(Fresh);
        errors.ShouldBeEmpty();
        service.Spec.IpFamilies.ShouldBe(["IPv4"]);
        service.Spec.IpFamilyPolicy.ShouldBe("SingleStack");
        ServiceAddresses.NeedsClusterIP(service).ShouldBeTrue();
    }

    [Fact]
    public void A_service_without_address_and_selector_may_have_both_families()
    {
        var (service, errors) = Settle(Fresh with { ClusterIP = "None", ClusterIPs = ["None"], Selector = [] });
        errors.ShouldBeEmpty();
        service.Spec.IpFamilies.ShouldBe(["IPv4", "IPv6"]);
        service.Spec.IpFamilyPolicy.ShouldBe("RequireDualStack");
        ServiceAddresses.NeedsClusterIP(service).ShouldBeFalse();
    }

    [Fact]
    public void What_the_cluster_does_not_have_it_does_not_give()
    {
        Told(Fresh with { IpFamilyPolicy = "RequireDualStack" })
            .ShouldBe(["spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services"]);
        Told(Fresh with { IpFamilies = ["IPv6"] }).ShouldBe(["spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"]);
        Told(Fresh with { ClusterIP = "fd00::1", ClusterIPs = ["fd00::1"] }).ShouldBe(["spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this cluster"]);
        Told(Fresh with { IpFamilyPolicy = "SingleStack", IpFamilies = ["IPv4", "IPv6"] })
            .ShouldBe(["spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"]);
        Settle(Fresh with { IpFamilyPolicy = "PreferDualStack" }).Service.Spec.IpFamilies.ShouldBe(["IPv4"]);
    }

    [Fact]
    public void An_old_client_knows_one_address_only() =>
        ServiceAddresses.Synchronize(Valid.Service() with { Spec = Fresh with { ClusterIP = "10.96.0.9" } }, null).Spec.ClusterIPs.ShouldBe(["10.96.0.9"]);

    [Fact]
    public void A_first_manifest_sent_again_keeps_what_was_allocated()
    {
        var old = NodePort();
        var sent = old with { Spec = old.Spec with { ClusterIP = null, ClusterIPs = [], Ports = [old.Spec.Ports[0] with { NodePort = 0 }] } };
        ServiceAddresses.KeepAllocated(sent, old).ShouldBe(old);
    }

    [Fact]
    public void A_node_port_taken_by_another_port_is_not_kept()
    {
        var old = NodePort();
        var port = old.Spec.Ports[0];
        var sent = old with { Spec = old.Spec with { Ports = [port with { Name = "other", Port = 81 }, port with { NodePort = 0 }] } };
        ServiceAddresses.KeepAllocated(sent, old).Spec.Ports.Select(each => each.NodePort).ShouldBe([30080, 0]);
    }

    [Fact]
    public void A_service_that_becomes_a_name_loses_its_addresses()
    {
        var sent = Valid.Service() with { Spec = Valid.Service().Spec with { Type = "ExternalName", ExternalName = "db.example.com", InternalTrafficPolicy = null } };
        var spec = Update(sent, Valid.Service());
        spec.ClusterIP.ShouldBeNull();
        spec.ClusterIPs.ShouldBeEmpty();
        spec.IpFamilies.ShouldBeEmpty();
        spec.IpFamilyPolicy.ShouldBeNull();
    }

    [Fact]
    public void A_service_that_withdraws_from_the_nodes_loses_its_ports_there()
    {
        var old = NodePort();
        var spec = Update(old with { Spec = old.Spec with { Type = "ClusterIP" } }, old);
        spec.Ports[0].NodePort.ShouldBe(0);
        spec.ExternalTrafficPolicy.ShouldBeNull();
    }

    [Fact]
    public void Only_a_load_balancer_has_a_place_in_the_status()
    {
        var status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [new LoadBalancerIngress { Ip = "203.0.113.5" }] } };
        var old = NodePort() with { Status = status };
        PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Services), old, old).Object.ShouldBeOfType<Service>().Status.ShouldBe(new ServiceStatus());
    }

    private static Service NodePort() => Valid.Service() with
    {
        Spec = Valid.Service().Spec with
        {
            Type = "NodePort",
            ExternalTrafficPolicy = "Cluster",
            Ports = [new ServicePort { Name = "http", Port = 80, TargetPort = 8080, Protocol = "TCP", NodePort = 30080 }],
        },
    };

    private static (Service Service, IReadOnlyList<Errors.FieldError> Errors) Settle(ServiceSpec spec) => ServiceAddresses.SettleFamilies(Valid.Service() with { Spec = spec }, null);

    private static string[] Told(ServiceSpec spec) => [.. Settle(spec).Errors.Select(error => error.ToString())];

    private static ServiceSpec Update(Service sent, Service old)
    {
        var write = PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Services), sent, old);
        write.Errors.ShouldBeEmpty();
        return write.Object.ShouldBeOfType<Service>().Spec;
    }
}
