using AkkaKube.Chaos.Runs;
using Xunit.Abstractions;

namespace AkkaKube.Chaos.Tests;

/// <summary>Three hosts under a few faults each: what <c>scripts/chaos</c> does at length.</summary>
public sealed class ShortRuns(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_to_hosts_clients_see_one_correct_store(int seed)
    {
        using var log = new StringWriter();
        var result = await ChaosRun.Do(
            new ChaosOptions { Seed = seed, Nodes = 12, Pods = 48, Faults = 3, Postgres = seed != 3, App = Environment.GetEnvironmentVariable("AKKAKUBE_APP") ?? throw new InvalidOperationException("AKKAKUBE_APP is not set: run the tests by scripts/test.") },
            log);
        output.WriteLine(log.ToString());
        result.Problems.ShouldBeEmpty(log.ToString());
        result.Operations.ShouldBeGreaterThan(1000);
    }
}
