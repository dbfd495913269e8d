using System.Globalization;

namespace AkkaKube.Simulation.Tests.Run;

/// <summary>A walk failed under a seed. Whoever reads it can see it again.</summary>
public sealed class SeedFailedException(int seed, TimeSpan when, string trace, Exception cause, string option = "") : Exception(
    string.Create(CultureInfo.InvariantCulture, $"""
        seed {seed} failed after {when.TotalSeconds:0.000} s of the cluster's time: {cause.Message}
        replay: {SeededRun.Variable}={seed} dotnet test tests/AkkaKube.Simulation.Tests
            or: dotnet run --project tests/AkkaKube.Simulation.Tests -- {seed} seed-{seed}.trace {option}
        trace:  {trace}
        """), cause);
