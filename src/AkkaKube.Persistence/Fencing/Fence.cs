namespace AkkaKube.Persistence;

/// <summary>Who may write a stream: the owner of a lease, as long as the lease has this epoch.</summary>
internal sealed record Fence(string Lease, long Epoch)
{
    /// <summary>The lease that guards a stream: the one of its shard, or of the singleton whose name it has.</summary>
    public static string LeaseOf(string persistenceId) =>
        persistenceId.StartsWith("singleton/", StringComparison.Ordinal) ? persistenceId : "shard/" + persistenceId;

    /// <summary>Each lease once, by name, so that two transactions lock them in the same order; empty when nothing is fenced.</summary>
    /// <exception cref="FencedException">Two entries disagree about an epoch, so one of them is of an earlier owner.</exception>
    public static IReadOnlyList<Fence> Of(IReadOnlyList<JournalEntry> group)
    {
        SortedDictionary<string, Fence>? all = null;
        Fence? last = null;
        for (var i = 0; i < group.Count; i++)
        {
            if (group[i].Fence is not { } fence || ReferenceEquals(fence, last)) continue;
            last = fence;
            all ??= new SortedDictionary<string, Fence>(StringComparer.Ordinal);
            if (!all.TryAdd(fence.Lease, fence) && all[fence.Lease].Epoch != fence.Epoch)
            {
                throw new FencedException(fence.Lease, Math.Min(fence.Epoch, all[fence.Lease].Epoch), Math.Max(fence.Epoch, all[fence.Lease].Epoch));
            }
        }
        return all is null ? [] : [.. all.Values];
    }
}
