using System.Globalization;
using AkkaKube.Simulation.Tests.Run;
using AkkaKube.Simulation.Tests.Walks;

namespace AkkaKube.Simulation.Tests;

/// <summary>Replays a seed, or looks through many for one that fails: <c>dotnet run --project tests/AkkaKube.Simulation.Tests -- SEED [TRACE-FILE]</c> or <c>FIRST..LAST</c>; with <c>--random</c> on the random walk, with <c>--hosts</c> on that of several hosts.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var walk = arguments.Contains("--random") ? (Action<SimulatedCluster>)RandomLife.Walk : DeploymentLife.Walk;
        Func<int, string?, object> run = arguments.Contains("--hosts") ? SeededHosts.Of : (seed, trace) => SeededRun.Of(seed, walk, trace);
        arguments = [.. arguments.Where(argument => argument is not ("--random" or "--hosts"))];
        var seeds = Array.ConvertAll((arguments.ElementAtOrDefault(0) ?? "").Split(".."), text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed) ? seed : (int?)null);
        if (seeds.Length > 2 || seeds.Contains(null) || arguments.Length > 3 - seeds.Length)
        {
            System.Console.Error.WriteLine("usage: SEED [TRACE-FILE] [--random | --hosts], or FIRST..LAST [--random | --hosts]");
            return 2;
        }
        var failed = 0;
        for (var seed = seeds[0]!.Value; seed <= seeds[^1]!.Value; seed++)
        {
            try
            {
                System.Console.WriteLine(run(seed, arguments.ElementAtOrDefault(1)));
            }
            catch (SeedFailedException failure)
            {
                System.Console.WriteLine(failure.Message);
                failed++;
            }
        }
        return failed == 0 ? 0 : 1;
    }
}
