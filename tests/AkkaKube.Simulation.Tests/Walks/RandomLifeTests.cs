using AkkaKube.Simulation.Tests.Run;

namespace AkkaKube.Simulation.Tests.Walks;

public sealed class RandomLifeTests
{
    [Theory]
    [MemberData(nameof(DeploymentLifeTests.Seeds), MemberType = typeof(DeploymentLifeTests))]
    public void Whatever_clients_and_faults_do_the_cluster_ends_as_declared(int seed) => SeededRun.Of(seed, RandomLife.Walk).Changes.ShouldBeGreaterThan(100);
}
