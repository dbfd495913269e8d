using Akka.Cluster.Sharding;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>Where shards should be: balanced, and with as few moves as that takes.</summary>
public class AllocationProperties
{
    private static readonly Gen<(int[] Hosts, Dictionary<string, int?> Owners, int Threshold)> Clusters =
        from hosts in Gen.Choose(1, 6)
        from shards in Gen.Choose(0, 60)
        from owners in Gen.ArrayOf(Gen.Choose(-2, hosts + 1), shards)
        from threshold in Gen.Choose(1, 4)
        select (Enumerable.Range(1, hosts).ToArray(), owners.Select((o, i) => (Key: $"s{i}", Owner: o < 0 ? (int?)null : o)).ToDictionary(o => o.Key, o => o.Owner), threshold);

    private static void Holds(Func<(int[] Hosts, Dictionary<string, int?> Owners, int Threshold), bool> property) =>
        Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Clusters.ToArbitrary(), property));

    private static int Moves(Dictionary<string, int?> owners, Dictionary<string, int> desired) => owners.Count(o => o.Value != desired[o.Key]);

    private static int[] Loads(int[] hosts, Dictionary<string, int> desired) => [.. hosts.Select(h => desired.Values.Count(v => v == h))];

    [Fact]
    public void Every_shard_is_on_a_host_and_no_host_has_over_the_threshold_more_than_another() => Holds(c =>
    {
        var desired = Allocation.Desired(c.Hosts, c.Owners, c.Threshold);
        var loads = Loads(c.Hosts, desired);
        return desired.Keys.ToHashSet().SetEquals(c.Owners.Keys) && desired.Values.All(c.Hosts.Contains) && loads.Max() - loads.Min() <= c.Threshold;
    });

    [Fact]
    public void What_is_as_it_should_be_stays() => Holds(c =>
    {
        var desired = Allocation.Desired(c.Hosts, c.Owners, c.Threshold);
        var again = Allocation.Desired(c.Hosts, desired.ToDictionary(d => d.Key, d => (int?)d.Value), c.Threshold);
        return again.All(a => desired[a.Key] == a.Value);
    });

    [Fact]
    public void The_order_in_which_shards_are_listed_does_not_matter() => Holds(c =>
    {
        var desired = Allocation.Desired(c.Hosts, c.Owners, c.Threshold);
        var other = Allocation.Desired(c.Hosts, c.Owners.Reverse(), c.Threshold);
        return desired.All(d => other[d.Key] == d.Value);
    });

    [Fact]
    public void Losing_a_host_moves_its_shards_alone() => Holds(c =>
    {
        if (c.Hosts.Length == 1) return true;
        var before = Allocation.Desired(c.Hosts, c.Owners, 1);
        var lost = c.Hosts[before.Count % c.Hosts.Length];
        var after = Allocation.Desired([.. c.Hosts.Where(h => h != lost)], before.ToDictionary(d => d.Key, d => (int?)d.Value), 1);
        return before.All(b => b.Value == lost || after[b.Key] == b.Value);
    });

    [Fact]
    public void A_host_that_joins_gets_its_share_and_nothing_else_moves() => Holds(c =>
    {
        var before = Allocation.Desired(c.Hosts, c.Owners, 1);
        var joined = c.Hosts.Length + 1;
        var after = Allocation.Desired([.. c.Hosts, joined], before.ToDictionary(d => d.Key, d => (int?)d.Value), 1);
        var moved = before.Where(b => after[b.Key] != b.Value).ToList();
        return moved.All(m => after[m.Key] == joined) && moved.Count == before.Count / (c.Hosts.Length + 1);
    });

    [Fact]
    public void As_few_move_as_balance_takes() => Holds(c =>
    {
        // A host may keep what it has up to the share of the largest; whatever is over that, and what nobody has, has to move.
        var desired = Allocation.Desired(c.Hosts, c.Owners, 1);
        var (share, larger) = (c.Owners.Count / c.Hosts.Length, c.Owners.Count % c.Hosts.Length);
        var kept = c.Hosts.Select(h => c.Owners.Values.Count(o => o == h)).OrderDescending().Select((had, i) => Math.Min(had, share + (i < larger ? 1 : 0))).Sum();
        return Moves(c.Owners, desired) == c.Owners.Count - kept;
    });

    [Fact]
    public void Without_a_host_there_is_no_place() => Allocation.Desired([], [new("a", 1)], 1).ShouldBeEmpty();
}
