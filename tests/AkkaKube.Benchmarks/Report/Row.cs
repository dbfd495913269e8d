namespace AkkaKube.Benchmarks.Report;

/// <summary>One line of the table: what was measured, how often, and what it should be.</summary>
/// <param name="Name">What was done, e.g. <c>POST pods, 16 clients</c>.</param>
/// <param name="Unit">E.g. <c>per s</c>, <c>ms</c>, <c>MiB</c>.</param>
/// <param name="Values">One value per run.</param>
/// <param name="Target">What it should be, as text; empty for none.</param>
/// <param name="Reference">What the real thing reaches, as text; empty where unknown.</param>
public sealed record Row(string Name, string Unit, IReadOnlyList<double> Values, string Target, string Reference)
{
    /// <summary>The middle one of the values.</summary>
    public double Median
    {
        get
        {
            var sorted = Values.Order().ToArray();
            return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
