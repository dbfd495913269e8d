using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>
/// Tells from successive reads of the table which incarnations have given no beat for so long that their lease is over. Pure: it is given the moments
/// of a monotonic clock, and knows none. An incarnation is silent when a read that was sent at least <c>patience</c> after the one that first showed
/// its beat had come in shows the same beat. Reads far from one another prove nothing about the time between, when perhaps nobody could reach
/// the table: then all who are not Down are watched anew.
/// </summary>
/// <param name="patience">How long a beat may stay the same: the time of a host's lease and a margin.</param>
/// <param name="longestGap">How far two reads may lie apart.</param>
internal sealed class BeatObserver(TimeSpan patience, TimeSpan longestGap)
{
    private readonly Dictionary<int, (long Beat, TimeSpan Since)> _beats = [];
    private TimeSpan? _last;

    /// <summary>Takes in a read that was sent at <paramref name="start"/> and came in at <paramref name="end"/>; returns the silent ones.</summary>
    public ImmutableHashSet<int> Observe(TimeSpan start, TimeSpan end, IReadOnlyCollection<MemberRow> rows)
    {
        var anew = _last is not { } last || end - last > longestGap;
        _last = end;
        var silent = ImmutableHashSet.CreateBuilder<int>();
        foreach (var row in rows)
        {
            // A Down one gives no further beat, whoever looks on; its time runs also while nobody does.
            if (!_beats.TryGetValue(row.Uid, out var seen) || seen.Beat != row.Beat || anew && row.Status != MemberStatus.Down) _beats[row.Uid] = (row.Beat, end);
            else if (start - seen.Since >= patience) silent.Add(row.Uid);
        }

        if (_beats.Count > rows.Count)
        {
            var there = rows.Select(static r => r.Uid).ToHashSet();
            foreach (var gone in _beats.Keys.Where(uid => !there.Contains(uid)).ToList()) _beats.Remove(gone);
        }

        return silent.ToImmutable();
    }

    /// <summary>How long the beat of an incarnation has been the same, as far as this observer has seen.</summary>
    public TimeSpan UnchangedFor(int uid, TimeSpan now) => _beats.TryGetValue(uid, out var seen) ? now - seen.Since : TimeSpan.Zero;

    /// <summary>Whether the incarnation has given a beat while it was observed; one that never did may have died before.</summary>
    public bool Knows(int uid) => _beats.ContainsKey(uid);
}
