using AkkaKube.Simulation.Tests.Run;

namespace AkkaKube.Simulation.Tests.Walks;

public sealed class HostsUnderFaultsTests
{
    private const int Count = 20;

    /// <summary>The seeds to walk, or the one that was asked for.</summary>
    public static TheoryData<int> Seeds() => [.. SeededRun.Asked is { } asked ? [asked] : Enumerable.Range(1, Count)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_happens_between_hosts_clients_see_one_correct_store(int seed) => SeededHosts.Of(seed).Turns.ShouldBeGreaterThan(1000);

    [Fact]
    public void The_same_seed_is_the_same_run() => SeededHosts.Of(7).ShouldBe(SeededHosts.Of(7));
}
