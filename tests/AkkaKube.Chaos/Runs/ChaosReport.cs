namespace AkkaKube.Chaos.Runs;

/// <summary>What is said of runs.</summary>
public static class ChaosReport
{
    /// <summary>One line for a run, and one for each problem that it met.</summary>
    public static string Line(ChaosResult run) => string.Join('\n',
    [
        $"run {run.Seed}: {(run.IsCorrect ? "correct" : "FAILED")}, {run.Operations} operations, {run.PerSecond:0} per second, longest fail-over {run.LongestFailOver.TotalSeconds:0.0} s: {string.Join("; ", run.Recoveries.Select(r => r.Fault))}",
        .. run.Problems.Select(problem => $"  PROBLEM {problem}"),
        .. !run.IsCorrect && run.Kept is not null ? [$"  logs, data and history: {run.Kept}"] : Array.Empty<string>(),
    ]);

    /// <summary>All of them together.</summary>
    public static string Summary(IReadOnlyList<ChaosResult> runs)
    {
        var correct = runs.Count(run => run.IsCorrect);
        return $"{runs.Count} runs, {correct} correct, {runs.Count - correct} failed; {runs.Sum(run => run.Recoveries.Length)} faults, {runs.Sum(run => run.Operations)} operations, at least {runs.Min(run => run.PerSecond):0} per second; longest fail-over {runs.Max(run => run.LongestFailOver).TotalSeconds:0.0} s";
    }
}
