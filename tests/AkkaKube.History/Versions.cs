namespace AkkaKube.History;

/// <summary>One state of one key that is known to have been, whoever saw it.</summary>
/// <param name="Key">The object.</param>
/// <param name="Held">Revision and value.</param>
/// <param name="Writer">The write that made it so.</param>
internal sealed record Version(string Key, Held Held, Write Writer)
{
    /// <summary>By then it was so, or had been: its acknowledgement came, or somebody had seen it.</summary>
    public long CertainBy { get; set; } = long.MaxValue;
}

/// <summary>All states of one key in the order of their revisions: what the store's own history of it must have been.</summary>
internal sealed class Chain(string key)
{
    private readonly List<Version> _versions = [];
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly Frontier _certain = new();

    public string Key { get; } = key;

    public IReadOnlyList<Version> Versions => _versions;

    /// <summary>Whether the key held a value at some time.</summary>
    public bool Has(string value) => _values.Contains(value);

    public void Add(Version version)
    {
        _versions.Add(version);
        _values.Add(version.Held.Value);
    }

    public void Close()
    {
        _versions.Sort((a, b) => a.Held.Revision.CompareTo(b.Held.Revision));
        foreach (var version in _versions) _certain.Add(version.CertainBy, version.Held.Revision);
        _certain.Close();
    }

    /// <summary>The last state at or before a revision; null: the key was not there.</summary>
    public Version? At(long revision)
    {
        var index = IndexAfter(revision) - 1;
        return index < 0 ? null : _versions[index];
    }

    /// <summary>The state that followed a revision; null: none is known.</summary>
    public Version? After(long revision) => IndexAfter(revision) is var index && index < _versions.Count ? _versions[index] : null;

    /// <summary>The newest revision that was certain at a time; 0: not even that the key exists.</summary>
    public long CertainAt(long time) => _certain.At(time);

    private int IndexAfter(long revision)
    {
        var (low, high) = (0, _versions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_versions[middle].Held.Revision <= revision) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>The highest revision known by each moment.</summary>
internal sealed class Frontier
{
    private readonly List<(long Time, long Revision)> _steps = [];

    public void Add(long time, long revision)
    {
        if (time != long.MaxValue) _steps.Add((time, revision));
    }

    public void Close()
    {
        _steps.Sort();
        for (var i = 1; i < _steps.Count; i++) _steps[i] = (_steps[i].Time, Math.Max(_steps[i].Revision, _steps[i - 1].Revision));
    }

    /// <summary>Of what was known strictly before a time.</summary>
    public long At(long time)
    {
        var (low, high) = (0, _steps.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_steps[middle].Time < time) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? 0 : _steps[low - 1].Revision;
    }
}
