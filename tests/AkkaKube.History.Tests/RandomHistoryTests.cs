using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.History.Tests;

public sealed class RandomHistoryTests
{
    [Fact]
    public void Every_history_of_a_correct_store_passes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<int>(seed => HistoryChecker.Check(RandomHistories.Correct(seed, 120, 4)).ShouldBeEmpty()));

    [Fact]
    public void Every_history_that_was_broken_is_found() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(600), Prop.ForAll<int>(seed =>
    {
        if (RandomHistories.Break(RandomHistories.Correct(seed, 120, 4), seed) is { } broken) HistoryChecker.Check(broken).ShouldNotBeEmpty();
    }));

    /// <summary>The checker needs no search; a search over all orders of a short history of one key must come to the same.</summary>
    [Fact]
    public void The_verdict_is_that_of_trying_all_orders()
    {
        var correct = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var record = Shuffled(seed);
            var verdict = HistoryChecker.Check(record).IsEmpty;
            verdict.ShouldBe(AllOrders.Admit(record), $"seed {seed}: {string.Join("; ", record.Operations)}");
            if (verdict) correct++;
        }
        // Both kinds were among them.
        correct.ShouldBeInRange(300, 1350);
    }

    /// <summary>A short history of one key; in most, one answer is replaced by another client's, so that it may or may not still be possible.</summary>
    private static Record Shuffled(int seed)
    {
        var random = new Random(seed);
        var record = RandomHistories.Correct(seed, 8, 1) with { Watches = [] };
        var gets = record.Operations.OfType<Get>().ToList();
        if (gets.Count < 2 || random.Next(4) == 0) return record;
        var (one, other) = (gets[random.Next(gets.Count)], gets[random.Next(gets.Count)]);
        return record with { Operations = record.Operations.Replace(one, one with { Found = other.Found }) };
    }
}
