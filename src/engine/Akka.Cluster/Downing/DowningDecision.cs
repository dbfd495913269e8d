using System.Collections.Immutable;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Downing;

/// <summary>
/// Which hosts go when some cannot reach each other. What stays is the largest set in which everybody reaches everybody; of several as large, the one
/// with the oldest host (then with the next oldest, and so on). Every host decides the same on the same table. Pure.
/// </summary>
internal static class DowningDecision
{
    /// <summary>A pair of hosts of which one at least cannot reach the other; the lower uid first.</summary>
    public readonly record struct Cut(int A, int B);

    /// <summary>The cuts between hosts that are in, as their rows say.</summary>
    public static ImmutableHashSet<Cut> CutsOf(IReadOnlyCollection<MemberRow> members)
    {
        var there = members.Where(IsIn).Select(static m => m.Uid).ToHashSet();
        return members.Where(IsIn)
            .SelectMany(m => m.Suspects.Where(s => s != m.Uid && there.Contains(s)).Select(s => new Cut(Math.Min(m.Uid, s), Math.Max(m.Uid, s))))
            .ToImmutableHashSet();
    }

    /// <summary>The uids of the hosts that go; none when nothing is cut.</summary>
    public static ImmutableHashSet<int> Decide(IReadOnlyCollection<MemberRow> members, ImmutableHashSet<Cut> cuts)
    {
        if (cuts.IsEmpty) return [];
        // Who is cut from nobody stays in any case; the search is among the others, the oldest first.
        var cut = members.Where(m => IsIn(m) && cuts.Any(c => c.A == m.Uid || c.B == m.Uid)).OrderBy(static m => m.UpNumber).ThenBy(static m => m.Uid).ToList();
        var reaches = cut.Select((a, i) => Enumerable.Range(0, cut.Count)
            .Where(j => j != i && !cuts.Contains(new Cut(Math.Min(a.Uid, cut[j].Uid), Math.Max(a.Uid, cut[j].Uid)))).ToHashSet()).ToList();
        var best = new List<int>();
        Grow([], [.. Enumerable.Range(0, cut.Count)]);
        return cut.Where((_, i) => !best.Contains(i)).Select(static m => m.Uid).ToImmutableHashSet();

        // Candidates come in the order of age, so the first of several largest sets is the one with the oldest hosts.
        void Grow(List<int> stays, List<int> candidates)
        {
            if (stays.Count > best.Count) best = [.. stays];
            for (var i = 0; i < candidates.Count && stays.Count + candidates.Count - i > best.Count; i++)
            {
                var next = candidates[i];
                stays.Add(next);
                Grow(stays, [.. candidates.Skip(i + 1).Where(reaches[next].Contains)]);
                stays.RemoveAt(stays.Count - 1);
            }
        }
    }

    private static bool IsIn(MemberRow row) => row.Status is MemberStatus.Up or MemberStatus.Leaving;
}
