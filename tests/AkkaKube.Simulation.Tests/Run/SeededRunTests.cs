namespace AkkaKube.Simulation.Tests.Run;

public sealed class SeededRunTests
{
    [Fact]
    public void A_seed_that_fails_says_which_it_was_and_how_to_see_it_again()
    {
        var trace = Path.GetTempFileName();
        var failure = Should.Throw<SeedFailedException>(() => SeededRun.Of(42, cluster => { cluster.Advance(1.5); throw new InvalidOperationException("two pods with one address"); }, trace));
        failure.Message.ShouldStartWith("seed 42 failed after 1.500 s of the cluster's time: two pods with one address");
        failure.Message.ShouldContain("AKKAKUBE_SEED=42 dotnet test tests/AkkaKube.Simulation.Tests");
        failure.Message.ShouldContain(trace);
        File.ReadLines(trace).First().ShouldStartWith("1 2026-01-01T00:00:00.0000000+00:00 simulation/user/");
        File.Delete(trace);
    }

    [Fact]
    public void What_does_not_come_about_fails_with_what_there_is_instead()
    {
        using var cluster = SimulatedCluster.Start(1, nodes: 1);
        var failure = Should.Throw<InvalidOperationException>(() => cluster.Until("pigs fly", _ => false, 20));
        failure.Message.ShouldStartWith("20 s were not enough until pigs fly.");
        failure.Message.ShouldContain("node node-1 ready=True");
        cluster.Elapsed.ShouldBe(TimeSpan.FromSeconds(20));
    }
}
