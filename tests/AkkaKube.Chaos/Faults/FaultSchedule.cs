namespace AkkaKube.Chaos.Faults;

/// <summary>Which faults a run meets, in which order: drawn from its seed. Every kind comes before any comes again.</summary>
public static class FaultSchedule
{
    public static IReadOnlyList<Fault> Draw(int seed, FaultKinds kinds, int count)
    {
        var random = new Random(seed);
        var schedule = new List<Fault>();
        var left = new List<Func<Random, Fault>>();
        while (schedule.Count < count)
        {
            if (left.Count == 0) left.AddRange(kinds.All);
            var drawn = random.Next(left.Count);
            schedule.Add(left[drawn](random));
            left.RemoveAt(drawn);
        }
        return schedule;
    }
}
