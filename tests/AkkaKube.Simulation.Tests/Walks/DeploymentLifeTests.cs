using System.Diagnostics;
using AkkaKube.Simulation.Tests.Run;

namespace AkkaKube.Simulation.Tests.Walks;

public sealed class DeploymentLifeTests
{
    /// <summary>Twenty of them, or the one that AKKAKUBE_SEED names.</summary>
    public static TheoryData<int> Seeds => SeededRun.Asked is { } asked ? new(asked) : new(Enumerable.Range(1, 20));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_cluster_ends_as_declared_and_a_seed_repeats_its_trace(int seed)
    {
        var first = SeededRun.Of(seed, DeploymentLife.Walk);
        SeededRun.Of(seed, DeploymentLife.Walk).ShouldBe(first);
    }

    [Fact]
    public void Different_seeds_give_different_traces() =>
        Enumerable.Range(1, 3).Select(seed => SeededRun.Of(seed, DeploymentLife.Walk).Trace).ShouldBeUnique();

    [Fact]
    public void A_seed_gives_the_same_trace_in_another_process()
    {
        var here = SeededRun.Of(7, DeploymentLife.Walk).ToString();
        using var there = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["exec", typeof(Program).Assembly.Location, "7"]) { RedirectStandardOutput = true })!;
        var said = there.StandardOutput.ReadToEnd();
        there.WaitForExit();
        there.ExitCode.ShouldBe(0);
        said.Trim().ShouldBe(here);
    }
}
