using AkkaKube.Simulation.Tests.Hosts;

namespace AkkaKube.Simulation.Tests.Walks;

public sealed class PodsOutliveHostsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Pods_take_no_notice_of_what_happens_to_hosts(int seed)
    {
        using var hosts = SimulatedHosts.Start(seed, nodes: 9);
        PodsOutliveHosts.Walk(hosts);
        hosts.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMinutes(2));
    }
}
