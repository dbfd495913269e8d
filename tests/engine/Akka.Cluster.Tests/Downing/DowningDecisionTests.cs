using System.Collections.Immutable;
using Akka.Cluster.Downing;
using Akka.Cluster.Membership;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Cluster.Tests.Downing;

public sealed class DowningDecisionTests
{
    [Theory]
    [InlineData(3, "", "")]
    [InlineData(2, "1-2", "2")]
    [InlineData(3, "1-2 1-3", "1")]
    [InlineData(3, "1-3", "3")]
    [InlineData(3, "2-3", "3")]
    [InlineData(3, "1-2 1-3 2-3", "2 3")]
    [InlineData(4, "1-2 1-3 1-4", "1")]
    [InlineData(4, "1-3 1-4 2-3 2-4", "3 4")]
    [InlineData(5, "1-3 1-4 1-5 2-3 2-4 2-5", "1 2")]
    [InlineData(6, "1-3 1-4 1-5 1-6 2-3 2-4 2-5 2-6 3-5 3-6 4-5 4-6", "3 4 5 6")]
    [InlineData(4, "1-2 3-4", "2 4")]
    [InlineData(5, "1-2 2-3 3-4 4-5", "2 4")]
    public void The_largest_set_in_which_all_reach_all_stays_with_the_oldest_where_several_are_as_large(int hosts, string cuts, string go)
    {
        var members = Members(hosts);
        var suspicions = cuts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static c => (A: c[0] - '0', B: c[2] - '0')).ToList();
        // One of the two knows: that is enough.
        var rows = members.ConvertAll(m => m with { Suspects = suspicions.Where(c => c.A == m.UpNumber).Select(c => c.B * 10).ToImmutableHashSet() });
        var expected = go.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static n => int.Parse(n, null) * 10);
        DowningDecision.Decide(rows, DowningDecision.CutsOf(rows)).ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void Only_hosts_that_are_up_or_leaving_count_and_only_their_word()
    {
        var rows = Members(4).Select(m => m.UpNumber switch
        {
            1 => m with { Status = MemberStatus.Down, Suspects = [20, 30, 40] },
            2 => m with { Status = MemberStatus.Leaving, Suspects = [10] },
            3 => m with { Status = MemberStatus.Joining, Suspects = [20] },
            _ => m with { Suspects = [10, 30] },
        }).ToList();
        DowningDecision.CutsOf(rows).ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_is_cut_the_decision_is_the_one_that_trying_all_sets_finds()
    {
        var pairs = Gen.Choose(0, 1).ListOf(28);
        Prop.ForAll(Gen.Choose(2, 8).SelectMany(n => pairs, static (n, p) => (n, p)).ToArbitrary(), static input =>
        {
            var members = Members(input.n);
            var cuts = Pairs(input.n).Where((_, i) => input.p[i] == 1).Select(static c => new DowningDecision.Cut(c.A * 10, c.B * 10)).ToImmutableHashSet();
            var go = DowningDecision.Decide(members, cuts);
            var stay = members.Where(m => !go.Contains(m.Uid)).Select(static m => m.UpNumber).ToList();
            stay.ShouldBe(BestByTrying(input.n, cuts));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Thirty_hosts_in_two_halves_are_decided_at_once()
    {
        var members = Members(30);
        var cuts = Pairs(30).Where(static p => p.A % 2 != p.B % 2).Select(static c => new DowningDecision.Cut(c.A * 10, c.B * 10)).ToImmutableHashSet();
        DowningDecision.Decide(members, cuts).ShouldBe(members.Where(static m => m.UpNumber % 2 == 0).Select(static m => m.Uid), ignoreOrder: true);
    }

    private static List<int> BestByTrying(int hosts, ImmutableHashSet<DowningDecision.Cut> cuts) =>
        Enumerable.Range(1, (1 << hosts) - 1)
            .Select(bits => Enumerable.Range(1, hosts).Where(i => (bits & (1 << (i - 1))) != 0).ToList())
            .Where(set => Pairs(hosts).All(p => !set.Contains(p.A) || !set.Contains(p.B) || !cuts.Contains(new DowningDecision.Cut(p.A * 10, p.B * 10))))
            .OrderByDescending(static set => set.Count)
            .ThenBy(static set => string.Join(",", set.Select(static i => (char)('a' + i))), StringComparer.Ordinal)
            .First();

    private static IEnumerable<(int A, int B)> Pairs(int hosts) => Enumerable.Range(1, hosts).SelectMany(a => Enumerable.Range(a + 1, hosts - a).Select(b => (a, b)));

    private static List<MemberRow> Members(int hosts) =>
        [.. Enumerable.Range(1, hosts).Select(static i => new MemberRow(i * 10, $"h{i}", [], MemberStatus.Up, i, 1, []))];
}
