namespace Akka.Cluster.Sharding;

/// <summary>Where shards should be. Every host computes it from the same table and comes to the same result, so nobody has to be asked.</summary>
internal static class Allocation
{
    /// <summary>
    /// Shards stay where they are unless their host is not among <paramref name="hosts"/> any more or one host has over <paramref name="threshold"/>
    /// shards more than another. Homeless ones go to who has least, the oldest first.
    /// </summary>
    /// <param name="hosts">Who may have shards, the oldest first.</param>
    /// <param name="owners">Every known shard and who has it; null: nobody.</param>
    /// <param name="threshold">The difference between most and least that is borne, at least 1.</param>
    public static Dictionary<string, int> Desired(IReadOnlyList<int> hosts, IEnumerable<KeyValuePair<string, int?>> owners, int threshold)
    {
        var desired = new Dictionary<string, int>(StringComparer.Ordinal);
        if (hosts.Count == 0) return desired;
        var index = new Dictionary<int, int>(hosts.Count);
        for (var i = 0; i < hosts.Count; i++) index[hosts[i]] = i;
        var had = hosts.Select(static _ => new Stack<string>()).ToArray();
        var load = new int[hosts.Count];
        var homeless = new List<string>();
        foreach (var (shard, owner) in owners.OrderBy(static o => o.Key, StringComparer.Ordinal))
        {
            if (owner is { } uid && index.TryGetValue(uid, out var i))
            {
                desired[shard] = uid;
                had[i].Push(shard);
                load[i]++;
            }
            else
            {
                homeless.Add(shard);
            }
        }

        foreach (var shard in homeless)
        {
            var least = Least(load);
            desired[shard] = hosts[least];
            load[least]++;
        }

        while (true)
        {
            var (most, least) = (Most(load, had), Least(load));
            if (most < 0 || load[most] - load[least] <= Math.Max(1, threshold)) return desired;
            desired[had[most].Pop()] = hosts[least];
            load[most]--;
            load[least]++;
        }
    }

    /// <summary>The oldest of those with least.</summary>
    private static int Least(int[] load)
    {
        var least = 0;
        for (var i = 1; i < load.Length; i++)
        {
            if (load[i] < load[least]) least = i;
        }

        return least;
    }

    /// <summary>The oldest of those with most that has one to give; -1: nobody has.</summary>
    private static int Most(int[] load, Stack<string>[] had)
    {
        var most = -1;
        for (var i = 0; i < load.Length; i++)
        {
            if (had[i].Count > 0 && (most < 0 || load[i] > load[most])) most = i;
        }

        return most;
    }
}
