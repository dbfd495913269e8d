using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>
/// Who follows a shard on this host, and how far each has come. The shard's revisions count its changes, so who has come to 7 can take 8 next and
/// nothing else: a change is passed on once to each, in order, whatever arrives twice, late, or not at all.
/// </summary>
internal sealed class LocalFollowers
{
    private readonly Dictionary<IActorRef, long> _positions = [];

    public int Count => _positions.Count;

    public IEnumerable<IActorRef> All => _positions.Keys;

    /// <summary>The revision that all have come to.</summary>
    public long Least => _positions.Count == 0 ? long.MaxValue : _positions.Values.Min();

    /// <summary>How far a follower has come; null: it does not follow.</summary>
    public long? PositionOf(IActorRef follower) => _positions.TryGetValue(follower, out var position) ? position : null;

    public void Set(IActorRef follower, long revision) => _positions[follower] = revision;

    public bool Remove(IActorRef follower) => _positions.Remove(follower);

    /// <summary>Those who have not come to a revision.</summary>
    public IReadOnlyList<IActorRef> Before(long revision) => [.. _positions.Where(pair => pair.Value < revision).Select(pair => pair.Key)];

    /// <summary>What of these changes, which follow one another, each is told. <paramref name="hasGap"/>: somebody lacks what comes before them.</summary>
    public IReadOnlyList<(IActorRef Follower, IReadOnlyList<Change> Items)> Offer(IReadOnlyList<Change> changes, out bool hasGap)
    {
        hasGap = false;
        var told = new List<(IActorRef, IReadOnlyList<Change>)>(_positions.Count);
        if (changes.Count == 0) return told;
        var (first, last) = (changes[0].Revision, changes[^1].Revision);
        foreach (var (follower, position) in _positions.ToList())
        {
            if (position >= last) continue;
            if (position + 1 < first)
            {
                hasGap = true;
                continue;
            }
            _positions[follower] = last;
            told.Add((follower, position + 1 == first ? changes : [.. changes.Where(change => change.Revision > position)]));
        }
        return told;
    }
}
