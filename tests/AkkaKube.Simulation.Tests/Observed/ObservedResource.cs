using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.Simulation.Tests.Observed;

/// <summary>What one watch has told of one resource, checked as it comes: every revision after the first once, in order.</summary>
public sealed class ObservedResource
{
    /// <summary>The objects as they are now.</summary>
    public SortedDictionary<ObjectKey, ApiObject> Objects { get; } = [];

    /// <summary>The revisions of the changes that came after the initial state.</summary>
    public List<long> Revisions { get; } = [];

    /// <summary>The initial state is complete.</summary>
    public bool IsSynced { get; private set; }

    /// <summary>The last revision.</summary>
    public long Revision { get; private set; }

    /// <summary>Takes an event. Returns what is wrong with it, or null.</summary>
    public string? Take(WatchEvent change)
    {
        var (revision, last) = (change.Object.ResourceVersion, Revision);
        if (!IsSynced) return TakeInitial(change);
        if (change.Type == WatchEventType.Bookmark) return revision == last ? null : $"a bookmark at {revision}, but the last change was at {last}";
        Revision = revision;
        Revisions.Add(revision);
        var key = change.Object.Key;
        var wasThere = change.Type == WatchEventType.Deleted ? Objects.Remove(key) : Objects.ContainsKey(key);
        if (change.Type != WatchEventType.Deleted) Objects[key] = change.Object;
        if (revision != last + 1) return $"revision {revision} followed {last}";
        return wasThere == (change.Type == WatchEventType.Added) ? $"{key} was {change.Type} at {revision}, but it {(wasThere ? "was" : "was not")} there" : null;
    }

    private string? TakeInitial(WatchEvent change)
    {
        switch (change.Type)
        {
            case WatchEventType.Added when !Objects.ContainsKey(change.Object.Key):
                Objects[change.Object.Key] = change.Object;
                return null;
            case WatchEventType.Bookmark:
                IsSynced = true;
                Revision = change.Object.ResourceVersion;
                return null;
            default:
                return $"{change.Object.Key} was {change.Type} within the initial state";
        }
    }
}
