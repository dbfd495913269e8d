using AkkaKube.Simulation.Tests.Hosts;

namespace AkkaKube.Simulation.Tests.Walks;

public sealed class InFlightAtACutTests
{
    private const int Moments = 24;

    [Theory]
    [InlineData("BothWays")]
    [InlineData("ToOwner")]
    [InlineData("FromOwner")]
    public void What_is_in_flight_when_two_hosts_are_cut_for_two_seconds_is_answered_two_seconds_after_it(string cut)
    {
        using var hosts = SimulatedHosts.Start(seed: 3);
        var waits = InFlightAtACut.Walk(hosts, Enum.Parse<InFlightAtACut.Cut>(cut), seconds: 2, Moments, step: 0.0003);
        waits.Write.ShouldBeLessThan(2, waits.ToString());
        waits.List.ShouldBeLessThan(2, waits.ToString());
        waits.Acknowledged.ShouldBe(Moments, waits.ToString());
    }
}
