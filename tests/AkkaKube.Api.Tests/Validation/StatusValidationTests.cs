using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tests.Validation;

public class StatusValidationTests
{
    [Fact]
    public void Addresses_of_a_pod_are_one_of_each_family()
    {
        Pod(status => status with { PodIP = "10.0.0.1", PodIPs = [new PodIP { Ip = "10.0.0.1" }, new PodIP { Ip = "fd00::1" }] }).ShouldBeEmpty();
        Pod(status => status with { PodIP = "10.0.0.1", PodIPs = [new PodIP { Ip = "10.0.0.1" }, new PodIP { Ip = "10.0.0.2" }] }).Single()
            .ShouldStartWith("status.podIPs: Invalid value: ");
        Pod(status => status with { PodIP = "x", PodIPs = [new PodIP { Ip = "x" }] }).Single().ShouldStartWith("status.podIPs[0]: Invalid value: \"x\": must be a valid IP address");
    }

    [Fact]
    public void The_class_of_a_pod_stays()
    {
        var old = Valid.Pod() with { Status = new PodStatus { QosClass = "BestEffort" } };
        Faults.OfUpdate(old, pod => pod with { Status = pod.Status with { QosClass = "Guaranteed" } }, "status").ShouldBe(["status.qosClass: Invalid value: \"Guaranteed\": field is immutable"]);
    }

    [Fact]
    public void A_load_balancer_tells_addresses_and_names()
    {
        Service(new LoadBalancerIngress { Ip = "203.0.113.5", IpMode = "VIP" }).ShouldBeEmpty();
        Service(new LoadBalancerIngress { Hostname = "lb.example.com" }).ShouldBeEmpty();
        Service(new LoadBalancerIngress { Ip = "x", IpMode = "VIP" })[0].ShouldStartWith("status.loadBalancer.ingress[0].ip: Invalid value: \"x\"");
        Service(new LoadBalancerIngress { Hostname = "No name" })[0].ShouldStartWith("status.loadBalancer.ingress[0].hostname: Invalid value: \"No name\"");

        static string[] Service(LoadBalancerIngress ingress)
        {
            var old = Valid.Service() with { Spec = Valid.Service().Spec with { Type = "LoadBalancer", ExternalTrafficPolicy = "Cluster", AllocateLoadBalancerNodePorts = false } };
            return Faults.OfUpdate(old, service => service with { Status = new ServiceStatus { LoadBalancer = new LoadBalancerStatus { Ingress = [ingress] } } }, "status");
        }
    }

    [Fact]
    public void A_node_names_each_address_once()
    {
        var address = new NodeAddress { Type = "InternalIP", Address = "10.0.0.1" };
        Faults.OfUpdate(Valid.Node(), node => node with { Status = new NodeStatus { Addresses = [address] } }, "status").ShouldBeEmpty();
        Faults.OfUpdate(Valid.Node(), node => node with { Status = new NodeStatus { Addresses = [address, address] } }, "status")
            .ShouldBe(["status.addresses[1]: Duplicate value: {\"Type\":\"InternalIP\",\"Address\":\"10.0.0.1\"}"]);
    }

    [Fact]
    public void A_node_has_no_less_than_nothing() =>
        Faults.OfUpdate(Valid.Node(), node => node with { Status = new NodeStatus { Capacity = ValueMap.Of(("cpu", Quantity.Parse("-1"))) } }, "status")
            .ShouldContain("status.capacity.cpu: Invalid value: \"-1\": must be greater than or equal to 0");

    private static string[] Pod(Func<PodStatus, PodStatus> change) => Faults.OfUpdate(Valid.Pod(), pod => pod with { Status = change(pod.Status) }, "status");
}
