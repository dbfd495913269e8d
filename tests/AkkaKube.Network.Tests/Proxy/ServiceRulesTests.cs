using AkkaKube.Api;
using AkkaKube.Fabric;
using AkkaKube.Network.Proxy;
using static AkkaKube.Network.Tests.Objects;

namespace AkkaKube.Network.Tests.Proxy;

public class ServiceRulesTests
{
    private static NodeRoutes Routes(string node, params ServiceRules?[] services) =>
        new(node, "172.18.0.2", RuleTable.Of(services.Where(s => s is not null).Select(s => s!)));

    private static Route To(NodeRoutes routes, string ip, int port) => routes.Find(new SocketAddress("10.244.9.9", 40000), new SocketAddress(ip, port));

    private static IReadOnlyList<string> Endpoints(Route route) => [.. route.ShouldBeOfType<Route.Balance>().Endpoints.Select(e => e.ToString())];

    [Fact]
    public void A_cluster_IP_leads_to_all_ready_endpoints_by_the_name_of_the_port()
    {
        var rules = ServiceRulesOf.Derive(
            Service("web", "10.96.0.7", ("http", 80, 0), ("admin", 81, 0)),
            [Slice("web", [("http", 8080), ("admin", 9090)], Ready("10.244.1.2", "a"), Ready("10.244.2.2", "b"), NotReady("10.244.3.2", "c"))]);
        var routes = Routes("a", rules);
        Endpoints(To(routes, "10.96.0.7", 80)).ShouldBe(["10.244.1.2:8080", "10.244.2.2:8080"]);
        Endpoints(To(routes, "10.96.0.7", 81)).ShouldBe(["10.244.1.2:9090", "10.244.2.2:9090"]);
    }

    [Fact]
    public void Where_no_endpoint_is_ready_those_that_still_serve_while_they_end_get_the_traffic()
    {
        var rules = ServiceRulesOf.Derive(Service("web", "10.96.0.7", ("", 80, 0)), [Slice("web", [("", 80)], Ending("10.244.1.2", "a"), NotReady("10.244.2.2", "b"))]);
        Endpoints(To(Routes("a", rules), "10.96.0.7", 80)).ShouldBe(["10.244.1.2:80"]);
    }

    [Fact]
    public void A_Service_without_endpoints_refuses_and_so_does_a_port_that_it_has_not()
    {
        var routes = Routes("a", ServiceRulesOf.Derive(Service("web", "10.96.0.7", ("", 80, 0)), []));
        To(routes, "10.96.0.7", 80).ShouldBe(Route.Reject);
        To(routes, "10.96.0.7", 443).ShouldBe(Route.Reject);
        To(routes, "10.96.0.8", 80).ShouldBe(Route.Direct);
    }

    [Fact]
    public void A_local_internal_policy_keeps_traffic_on_the_node_and_drops_it_where_no_endpoint_is()
    {
        var service = Service("web", "10.96.0.7", ("", 80, 0));
        var rules = ServiceRulesOf.Derive(service with { Spec = service.Spec with { InternalTrafficPolicy = "Local" } }, [Slice("web", [("", 80)], Ready("10.244.1.2", "a"), Ready("10.244.2.2", "b"))]);
        Endpoints(To(Routes("b", rules), "10.96.0.7", 80)).ShouldBe(["10.244.2.2:80"]);
        To(Routes("c", rules), "10.96.0.7", 80).ShouldBe(Route.Drop);
    }

    [Fact]
    public void A_node_port_leads_to_endpoints_on_all_nodes_with_the_nodes_address_as_source()
    {
        var rules = ServiceRulesOf.Derive(NodePort("web", 30080), [Slice("web", [("", 80)], Ready("10.244.1.2", "a"), Ready("10.244.2.2", "b"))]);
        var route = To(Routes("a", rules), "172.18.0.2", 30080).ShouldBeOfType<Route.Balance>();
        route.Endpoints.Count.ShouldBe(2);
        route.SourceIp.ShouldBe("172.18.0.2");
    }

    [Fact]
    public void A_local_external_policy_keeps_the_clients_address_and_the_nodes_own_endpoints()
    {
        var service = NodePort("web", 30080);
        var rules = ServiceRulesOf.Derive(service with { Spec = service.Spec with { ExternalTrafficPolicy = "Local" } }, [Slice("web", [("", 80)], Ready("10.244.1.2", "a"), Ready("10.244.2.2", "b"))]);
        var route = To(Routes("a", rules), "172.18.0.2", 30080).ShouldBeOfType<Route.Balance>();
        route.Endpoints.ShouldBe([new SocketAddress("10.244.1.2", 80)]);
        route.SourceIp.ShouldBeNull();
        To(Routes("c", rules), "172.18.0.2", 30080).ShouldBe(Route.Drop);
    }

    [Fact]
    public void Session_affinity_is_for_three_hours_unless_the_Service_says_otherwise()
    {
        var service = Service("web", "10.96.0.7", ("", 80, 0));
        var rules = ServiceRulesOf.Derive(service with { Spec = service.Spec with { SessionAffinity = "ClientIP" } }, [Slice("web", [("", 80)], Ready("10.244.1.2", "a"))]);
        To(Routes("a", rules), "10.96.0.7", 80).ShouldBeOfType<Route.Balance>().Affinity.ShouldBe(TimeSpan.FromHours(3));
    }

    [Theory]
    [InlineData("None", "ClusterIP")]
    [InlineData("", "ExternalName")]
    public void Headless_and_external_names_need_no_proxy(string clusterIp, string type)
    {
        var service = Service("web", clusterIp, ("", 80, 0));
        ServiceRulesOf.Derive(service with { Spec = service.Spec with { Type = type } }, []).ShouldBeNull();
    }

    [Fact]
    public void An_external_address_leads_to_the_endpoints_from_inside()
    {
        var service = Service("web", "10.96.0.7", ("", 80, 0));
        var rules = ServiceRulesOf.Derive(service with { Spec = service.Spec with { ExternalIPs = ["192.0.2.1"] } }, [Slice("web", [("", 80)], Ready("10.244.1.2", "a"))]);
        Endpoints(To(Routes("b", rules), "192.0.2.1", 80)).ShouldBe(["10.244.1.2:80"]);
    }
}
