namespace AkkaKube.Chaos.Faults;

/// <summary>Which faults a run meets, in which order: drawn from its seed. Every kind comes before any comes again.</summary>
public static class FaultSchedule
{
    /// <param name="seed">Decides.</param>
    /// <param name="kinds">What there is to draw from.</param>
    /// <param name="count">How many.</param>
    /// <param name="only">Just those with this in their names.</param>
    public static IReadOnlyList<Fault> Draw(int seed, FaultKinds kinds, int count, string only = "")
    {
        if (!kinds.All.Any(kind => kind(new Random(seed)).Name.Contains(only, StringComparison.Ordinal))) throw new ArgumentException($"no fault has '{only}' in its name here", nameof(only));
        var random = new Random(seed);
        var schedule = new List<Fault>();
        var left = new List<Func<Random, Fault>>();
        while (schedule.Count < count)
        {
            if (left.Count == 0) left.AddRange(kinds.All);
            var drawn = random.Next(left.Count);
            var fault = left[drawn](random);
            if (fault.Name.Contains(only, StringComparison.Ordinal)) schedule.Add(fault);
            left.RemoveAt(drawn);
        }
        return schedule;
    }
}
