using System.Collections.Immutable;

namespace AkkaKube.Chaos.Runs;

/// <summary>What became of a run.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Operations">That got an answer.</param>
/// <param name="PerSecond">Of them, while the faults lasted.</param>
/// <param name="Recoveries">What each fault did.</param>
/// <param name="Problems">Everything that should not be: violations of the history, a cluster that is not as declared, a recovery that took too long.</param>
/// <param name="Kept">The folder with the logs, the data and the history; null: nothing was kept.</param>
public sealed record ChaosResult(int Seed, long Operations, double PerSecond, ImmutableArray<Recovery> Recoveries, ImmutableArray<string> Problems, string? Kept)
{
    public bool IsCorrect => Problems.IsEmpty;

    /// <summary>The longest time from the begin of a fault until all was served, and ran, on the spared hosts.</summary>
    public TimeSpan LongestFailOver => Recoveries.Select(r => r.Writable > r.Whole ? r.Writable : r.Whole).DefaultIfEmpty().Max();
}

/// <summary>How a fault was survived.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Writable">From its begin until everything is listed, and writes succeed, through the spared hosts.</param>
/// <param name="Whole">From its begin until every entity runs on the spared hosts, exactly once.</param>
/// <param name="Well">From its end until the same is so of all hosts.</param>
public sealed record Recovery(string Fault, TimeSpan Writable, TimeSpan Whole, TimeSpan Well);
