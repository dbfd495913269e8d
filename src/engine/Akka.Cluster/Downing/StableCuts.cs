using System.Collections.Immutable;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Downing;

/// <summary>
/// Waits until the cuts between hosts have been the same for long enough that all have written and seen what they know: two hosts that
/// decided on different tables might each declare the other dead. Pure: moments of a monotonic clock go in.
/// </summary>
/// <param name="stableAfter">How long the cuts have to stay the same.</param>
/// <param name="longestGap">How far two reads may lie apart; else the time counts anew.</param>
internal sealed class StableCuts(TimeSpan stableAfter, TimeSpan longestGap)
{
    private ImmutableHashSet<DowningDecision.Cut> _cuts = [];
    private ImmutableHashSet<int> _among = [];
    private TimeSpan _since;
    private TimeSpan? _last;

    /// <summary>Takes in a read that was sent at <paramref name="start"/> and came in at <paramref name="end"/>; returns who goes, or nobody as long as it is too early.</summary>
    public ImmutableHashSet<int> Observe(TimeSpan start, TimeSpan end, IReadOnlyCollection<MemberRow> members)
    {
        var cuts = DowningDecision.CutsOf(members);
        var among = members.Where(static m => m.Status is MemberStatus.Up or MemberStatus.Leaving).Select(static m => m.Uid).ToImmutableHashSet();
        if (_last is not { } last || end - last > longestGap || !cuts.SetEquals(_cuts) || !among.SetEquals(_among)) (_cuts, _among, _since) = (cuts, among, end);
        _last = end;
        return cuts.IsEmpty || start - _since < stableAfter ? [] : DowningDecision.Decide(members, cuts);
    }
}
