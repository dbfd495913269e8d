namespace AkkaKube.Benchmarks.Report;

/// <summary>Something that can be measured; it gives one row or a few that come out of the same run.</summary>
public interface IScenario
{
    /// <summary>By what it is chosen on the command line.</summary>
    string Name { get; }

    /// <summary>Measures <paramref name="runs"/> times.</summary>
    Task<IReadOnlyList<Row>> Measure(int runs);
}
