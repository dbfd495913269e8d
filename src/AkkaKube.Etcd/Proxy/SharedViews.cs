namespace AkkaKube.Etcd;

/// <summary>
/// Gives what comes from another host the form that readers here share, once for each value: the change that a write's reply brought, made of the
/// writer's draft, is the one that the followers get.
/// </summary>
internal sealed class SharedViews(IValueViews views)
{
    private readonly Dictionary<long, Change> _written = [];

    /// <summary>The change of a write of this host. <paramref name="isFollowed"/>: it comes again, to the followers.</summary>
    public Change Written(Change change, object? draft, bool isFollowed)
    {
        var seen = change.View is null ? change with { View = views.Make(change.Key, change.Value, change.Revision, draft) } : change;
        if (isFollowed) _written[change.Revision] = seen;
        return seen;
    }

    /// <summary>Changes on their way to followers.</summary>
    public IReadOnlyList<Change> Followed(IReadOnlyList<Change> changes)
    {
        if (_written.Count == 0 && changes.All(change => change.View is not null)) return changes;
        return [.. changes.Select(change => _written.Remove(change.Revision, out var written) ? written : Of(change))];
    }

    public Entry? Of(Entry? entry) =>
        entry is null || entry.View is not null ? entry : entry with { View = views.Make(entry.Key, entry.Value, entry.Revision, null) };

    public EtcdShard.Ranged Of(EtcdShard.Ranged ranged)
    {
        if (ranged.Entries.All(entry => entry.View is not null) && ranged.History.All(change => change.View is not null)) return ranged;
        Entry[] entries = [.. ranged.Entries.Select(entry => Of(entry)!)];
        if (ranged.History.Count == 0) return ranged with { Entries = entries };
        // A change that is still what its key holds shares the entry's view.
        var byRevision = entries.ToDictionary(entry => entry.Revision);
        return ranged with
        {
            Entries = entries,
            History = [.. ranged.History.Select(change => !change.IsDelete && byRevision.TryGetValue(change.Revision, out var entry) ? change with { Value = entry.Value, View = entry.View } : Of(change))],
        };
    }

    /// <summary>Nobody follows any more: nothing of what was written comes again.</summary>
    public void Forget() => _written.Clear();

    private Change Of(Change change) => change.View is null ? change with { View = views.Make(change.Key, change.Value, change.Revision, null) } : change;
}
