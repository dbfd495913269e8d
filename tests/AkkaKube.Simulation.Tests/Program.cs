using System.Globalization;
using AkkaKube.Simulation.Tests.Run;
using AkkaKube.Simulation.Tests.Walks;

namespace AkkaKube.Simulation.Tests;

/// <summary>Replays seeds: <c>dotnet run --project tests/AkkaKube.Simulation.Tests -- SEED [TRACE-FILE]</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length is 0 or > 2 || !int.TryParse(arguments[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed))
        {
            System.Console.Error.WriteLine("usage: SEED [TRACE-FILE]");
            return 2;
        }
        try
        {
            System.Console.WriteLine(SeededRun.Of(seed, DeploymentLife.Walk, arguments.ElementAtOrDefault(1)));
            return 0;
        }
        catch (SeedFailedException failure)
        {
            System.Console.Error.WriteLine(failure);
            return 1;
        }
    }
}
