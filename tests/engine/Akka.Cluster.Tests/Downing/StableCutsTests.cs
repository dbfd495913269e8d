using System.Collections.Immutable;
using Akka.Cluster.Downing;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Downing;

public sealed class StableCutsTests
{
    private readonly StableCuts _cuts = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.5));

    [Fact]
    public void Nobody_goes_before_the_cuts_have_been_the_same_for_long_enough()
    {
        See(0).ShouldBeEmpty();
        See(0.5, (2, 1)).ShouldBeEmpty();
        See(1.0, (2, 1)).ShouldBeEmpty();
        See(1.5, (2, 1)).ShouldBeEmpty();
        See(2.1, (2, 1)).ShouldBe([2]);
    }

    [Fact]
    public void Another_cut_begins_the_time_anew_and_so_does_one_that_heals()
    {
        See(0, (2, 1));
        See(1, (2, 1));
        See(1.4, (2, 1), (3, 1)).ShouldBeEmpty();
        See(2.5, (2, 1), (3, 1)).ShouldBeEmpty();
        See(2.8, (2, 1)).ShouldBeEmpty();
        See(4.0, (2, 1)).ShouldBeEmpty();
        See(4.4, (2, 1)).ShouldBe([2]);
        See(4.6).ShouldBeEmpty();
    }

    [Fact]
    public void A_time_without_reads_does_not_count()
    {
        See(0, (2, 1));
        See(10, (2, 1)).ShouldBeEmpty();
        See(11, (2, 1)).ShouldBeEmpty();
        See(11.6, (2, 1)).ShouldBe([2]);
    }

    [Fact]
    public void Who_says_it_does_not_matter()
    {
        See(0, (2, 1));
        See(1, (1, 2)).ShouldBeEmpty();
        See(1.6, (1, 2), (2, 1)).ShouldBe([2]);
    }

    private ImmutableHashSet<int> See(double at, params (int Who, int Whom)[] suspicions)
    {
        var rows = Enumerable.Range(1, 3)
            .Select(i => new MemberRow(i, $"h{i}", [], MemberStatus.Up, i, 1, suspicions.Where(s => s.Who == i).Select(static s => s.Whom).ToImmutableHashSet()))
            .ToList();
        return _cuts.Observe(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 0.01), rows);
    }
}
