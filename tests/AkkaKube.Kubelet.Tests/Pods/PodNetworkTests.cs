using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Pods;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PodNetworkTests
{
    private static string Dns(Pod pod)
    {
        var dns = PodNetwork.Dns(pod, "cluster.local", "10.96.0.10");
        return $"{string.Join(',', dns.Servers)} {string.Join(',', dns.Searches)} {string.Join(',', dns.Options)}";
    }

    private static Pod With(Func<PodSpec, PodSpec> change)
    {
        var pod = Pod(Container());
        return pod with { Spec = change(pod.Spec) };
    }

    [Fact]
    public void A_pod_asks_the_clusters_DNS_first_in_its_own_namespace() =>
        Dns(With(s => s with { DnsPolicy = "ClusterFirst" })).ShouldBe("10.96.0.10 default.svc.cluster.local,svc.cluster.local,cluster.local ndots:5");

    [Fact]
    public void A_pod_on_the_hosts_network_asks_the_cluster_only_if_it_says_so()
    {
        Dns(With(s => s with { DnsPolicy = "ClusterFirst", HostNetwork = true })).ShouldBe("  ");
        Dns(With(s => s with { DnsPolicy = "ClusterFirstWithHostNet", HostNetwork = true })).ShouldStartWith("10.96.0.10 ");
    }

    [Fact]
    public void A_pods_own_DNS_configuration_is_added_and_its_options_replace_the_usual_ones() =>
        Dns(With(s => s with { DnsPolicy = "ClusterFirst", DnsConfig = new PodDNSConfig { Nameservers = ["192.0.2.1"], Searches = ["example.org"], Options = [new PodDNSConfigOption { Name = "ndots", Value = "2" }] } }))
            .ShouldBe("10.96.0.10,192.0.2.1 default.svc.cluster.local,svc.cluster.local,cluster.local,example.org ndots:2");

    [Fact]
    public void Without_any_policy_a_pod_has_what_it_says_itself() =>
        Dns(With(s => s with { DnsPolicy = "None", DnsConfig = new PodDNSConfig { Nameservers = ["192.0.2.1"] } })).ShouldBe("192.0.2.1  ");

    [Fact]
    public void A_pod_with_a_subdomain_has_a_full_name()
    {
        var config = PodNetwork.Sandbox(With(s => s with { Hostname = "db-0", Subdomain = "db" }), "10.128.0.2", 0, "cluster.local", "10.96.0.10");
        (config.Hostname, config.Fqdn).ShouldBe(("db-0", "db-0.db.default.svc.cluster.local"));
        PodNetwork.Sandbox(Pod(Container()), "10.128.0.2", 0, "cluster.local", "10.96.0.10").Hostname.ShouldBe("web");
        PodNetwork.Sandbox(With(s => s with { HostNetwork = true }), "172.18.0.2", 0, "cluster.local", "10.96.0.10").Hostname.ShouldBe("node-1");
    }
}
