using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Services;

namespace AkkaKube.ApiServer.Tests.Services;

public sealed class ServiceAllocatorTests
{
    private readonly ServiceAllocator _allocator = new(new AddressPool("10.96.0.0/24"), new PortPool(30000, 30020), new Random(1));

    private static Service Service(string? clusterIp = null, string type = "ClusterIP", params int[] nodePorts) => new()
    {
        Metadata = new ObjectMeta { Name = "s", Namespace = "n" },
        Spec = new ServiceSpec
        {
            Type = type,
            ClusterIP = clusterIp,
            ClusterIPs = clusterIp is null ? [] : [clusterIp],
            Selector = ValueMap.From([new KeyValuePair<string, string>("a", "b")]),
            Ports = nodePorts.Select((port, i) => new ServicePort { Name = $"p{i}", Port = 80 + i, Protocol = "TCP", NodePort = port }).ToValueList(),
        },
    };

    [Fact]
    public void A_service_gets_an_address()
    {
        var spec = _allocator.Allocate("n/s", null, Service()).Service.Spec;
        spec.ClusterIP.ShouldStartWith("10.96.0.");
        spec.ClusterIPs.ShouldBe([spec.ClusterIP!]);
    }

    [Fact]
    public void No_two_services_get_the_same_address_until_the_range_is_full()
    {
        var given = Enumerable.Range(0, 254).Select(i => _allocator.Allocate($"n/s{i}", null, Service()).Service.Spec.ClusterIP).ToList();
        given.Distinct().Count().ShouldBe(254);
        given.ShouldNotContain("10.96.0.0");
        given.ShouldNotContain("10.96.0.255");
        _allocator.Allocate("n/more", null, Service()).Exhausted.ShouldBe("failed to allocate a serviceIP: range is full");
    }

    [Fact]
    public void An_address_in_use_is_refused_and_one_given_back_is_free()
    {
        var first = _allocator.Allocate("n/a", null, Service("10.96.0.10")).Service;
        _allocator.Stored("n/a", first);
        _allocator.Allocate("n/b", null, Service("10.96.0.10")).Errors.Single().ToString()
            .ShouldBe("spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to allocate IP 10.96.0.10: provided IP is already allocated");
        _allocator.Stored("n/a", null);
        _allocator.Allocate("n/b", null, Service("10.96.0.10")).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void An_address_outside_the_range_is_refused() =>
        _allocator.Allocate("n/a", null, Service("1.2.3.4")).Errors.Single().Detail.ShouldBe("failed to allocate IP 1.2.3.4: the provided network does not match the current range");

    [Fact]
    public void Node_ports_are_given_kept_and_refused()
    {
        var first = _allocator.Allocate("n/a", null, Service(null, "NodePort", 30005, 0)).Service;
        first.Spec.Ports[0].NodePort.ShouldBe(30005);
        first.Spec.Ports[1].NodePort.ShouldBeInRange(30000, 30020);
        first.Spec.Ports[1].NodePort.ShouldNotBe(30005);
        _allocator.Stored("n/a", first);
        _allocator.Allocate("n/b", null, Service(null, "NodePort", 30005)).Errors.Single().ToString().ShouldBe("spec.ports[0].nodePort: Invalid value: 30005: provided port is already allocated");
        _allocator.Allocate("n/b", null, Service(null, "NodePort", 80)).Errors.Single().Detail.ShouldBe("provided port is not in the valid range. The range of valid ports is 30000-30020");
        _allocator.Allocate("n/a", first, first).Service.ShouldBe(first);
    }

    [Fact]
    public void What_a_refused_service_took_is_given_back()
    {
        _allocator.Allocate("n/a", null, Service("10.96.0.77", "NodePort", 80)).Errors.ShouldNotBeEmpty();
        _allocator.Allocate("n/b", null, Service("10.96.0.77")).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void One_number_serves_two_protocols_of_the_same_port()
    {
        var service = Service(null, "NodePort", 0, 0);
        service = service with { Spec = service.Spec with { Ports = [service.Spec.Ports[0], service.Spec.Ports[0] with { Name = "udp", Protocol = "UDP" }] } };
        var ports = _allocator.Allocate("n/a", null, service).Service.Spec.Ports;
        ports[1].NodePort.ShouldBe(ports[0].NodePort);
    }

    [Fact]
    public void A_headless_service_gets_none() => _allocator.Allocate("n/a", null, Service("None")).Service.Spec.ClusterIPs.ShouldBe(["None"]);
}
