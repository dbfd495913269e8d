using System.Collections.Immutable;
using Akka.Cluster.Membership;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Cluster.Tests.Membership;

public sealed class BeatObserverTests
{
    private readonly BeatObserver _observer = new(TimeSpan.FromSeconds(3.5), TimeSpan.FromSeconds(1.5));

    [Fact]
    public void A_beat_that_does_not_change_for_three_and_a_half_seconds_is_silence()
    {
        for (var at = 0.0; at < 3.5; at += 0.5) See(at, (1, 7)).ShouldBeEmpty();
        See(3.6, (1, 7)).ShouldBe([1]);
        See(4.0, (1, 8)).ShouldBeEmpty();
    }

    [Fact]
    public void The_time_counts_from_the_end_of_the_first_read_to_the_start_of_the_last()
    {
        Observe(0, 1.0, (1, 7)).ShouldBeEmpty();
        for (var at = 1.0; at < 4.5; at += 0.5) Observe(at, at + 0.4, (1, 7)).ShouldBeEmpty();
        Observe(4.45, 5.5, (1, 7)).ShouldBeEmpty();
        Observe(5.6, 5.7, (1, 7)).ShouldBe([1]);
    }

    [Fact]
    public void A_database_that_was_away_kills_nobody()
    {
        See(0, (1, 7), (2, 3));
        See(1, (1, 7), (2, 3));
        See(60, (1, 7), (2, 3)).ShouldBeEmpty();
        See(61, (1, 8), (2, 3)).ShouldBeEmpty();
        See(62, (1, 9), (2, 3)).ShouldBeEmpty();
        See(63, (1, 10), (2, 3)).ShouldBeEmpty();
        See(63.6, (1, 11), (2, 3)).ShouldBe([2]);
    }

    [Fact]
    public void For_who_is_down_the_time_runs_on_while_nobody_can_look()
    {
        SeeDown(0, (1, 7));
        SeeDown(1, (1, 7)).ShouldBeEmpty();
        SeeDown(60, (1, 7)).ShouldBe([1]);
    }

    [Fact]
    public void Who_comes_back_under_the_same_number_is_watched_from_then_on()
    {
        See(0, (1, 7));
        See(1);
        See(2, (1, 7));
        See(3, (1, 7));
        See(4, (1, 7)).ShouldBeEmpty();
    }

    /// <summary>A host renews until it stops; another reads at any moments, with replies of any length. What is called silent has a lease that is over.</summary>
    [Fact]
    public void Nobody_whose_lease_may_be_valid_is_ever_called_silent()
    {
        var script =
            from beats in Gen.Choose(50, 1400).NonEmptyListOf()
            from reads in Gen.Zip(Gen.Choose(20, 1600), Gen.Choose(0, 900)).ListOf(60)
            from renewalTakes in Gen.Choose(0, 600)
            select (beats, reads, renewalTakes);
        Prop.ForAll(script.ToArbitrary(), static input =>
        {
            var observer = new BeatObserver(TimeSpan.FromSeconds(3.5), TimeSpan.FromSeconds(1.5));
            // When each beat was sent; it stands in the table a while later.
            var sent = input.beats.Aggregate(new List<int> { 0 }, static (all, wait) => [.. all, all[^1] + wait]);
            var now = 0;
            foreach (var (wait, takes) in input.reads)
            {
                var start = now += wait;
                var looks = start + takes / 2;
                now += takes;
                var beat = sent.Count(s => s + input.renewalTakes <= looks);
                var silent = observer.Observe(TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(now), [new MemberRow(1, "a", [], MemberStatus.Up, 1, beat, [])]);
                // Declaring dead works while the beat is still this one; the lease ran from the moment at which this beat was sent.
                if (beat > 0 && silent.Contains(1)) (now - sent[beat - 1]).ShouldBeGreaterThanOrEqualTo(3500);
            }
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private ImmutableHashSet<int> See(double at, params (int Uid, long Beat)[] rows) => Observe(at, at + 0.01, rows);

    private ImmutableHashSet<int> Observe(double start, double end, params (int Uid, long Beat)[] rows) => Observe(start, end, MemberStatus.Up, rows);

    private ImmutableHashSet<int> SeeDown(double at, params (int Uid, long Beat)[] rows) => Observe(at, at + 0.01, MemberStatus.Down, rows);

    private ImmutableHashSet<int> Observe(double start, double end, MemberStatus status, (int Uid, long Beat)[] rows) =>
        _observer.Observe(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), [.. rows.Select(r => new MemberRow(r.Uid, $"h{r.Uid}", [], status, 1, r.Beat, []))]);
}
