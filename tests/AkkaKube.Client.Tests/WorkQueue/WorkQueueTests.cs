using AkkaKube.Client.WorkQueue;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Client.Tests.WorkQueue;

public sealed class WorkQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Backoff Backoff = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1));

    [Fact]
    public void A_key_that_waits_is_taken_once()
    {
        var queue = new WorkQueue<string>(Backoff);
        queue.Add("a", Start);
        queue.Add("a", Start);
        Take(queue, Start).ShouldBe("a");
        Take(queue, Start).ShouldBeNull();
    }

    [Fact]
    public void A_key_that_is_added_while_it_is_worked_on_comes_again_when_that_is_done()
    {
        var queue = new WorkQueue<string>(Backoff);
        queue.Add("a", Start);
        Take(queue, Start);
        queue.Add("a", Start);
        Take(queue, Start).ShouldBeNull();
        queue.Done("a", Start);
        Take(queue, Start).ShouldBe("a");
    }

    [Fact]
    public void A_delayed_key_comes_when_it_is_due_and_not_before()
    {
        var queue = new WorkQueue<string>(Backoff);
        queue.AddAfter("a", TimeSpan.FromSeconds(1), Start);
        queue.NextDue.ShouldBe(Start.AddSeconds(1));
        Take(queue, Start.AddMilliseconds(999)).ShouldBeNull();
        Take(queue, Start.AddSeconds(1)).ShouldBe("a");
    }

    [Fact]
    public void Of_several_delays_the_shortest_counts()
    {
        var queue = new WorkQueue<string>(Backoff);
        queue.AddAfter("a", TimeSpan.FromSeconds(9), Start);
        queue.AddAfter("a", TimeSpan.FromSeconds(1), Start);
        Take(queue, Start.AddSeconds(1)).ShouldBe("a");
        queue.Done("a", Start.AddSeconds(1));
        Take(queue, Start.AddSeconds(9)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(5, 160)]
    [InlineData(30, 1000)]
    public void Delays_double_with_each_failure_up_to_the_limit(int failures, int millis)
    {
        var queue = new WorkQueue<string>(Backoff);
        var now = Start;
        for (var i = 0; i < failures; i++)
        {
            queue.AddRateLimited("a", now);
            now = queue.NextDue!.Value;
            Take(queue, now).ShouldBe("a");
            queue.Done("a", now);
        }

        queue.AddRateLimited("a", now);
        queue.NextDue.ShouldBe(now.AddMilliseconds(millis));
    }

    [Fact]
    public void A_success_forgets_the_failures()
    {
        var queue = new WorkQueue<string>(Backoff);
        queue.AddRateLimited("a", Start);
        queue.Forget("a");
        queue.FailuresOf("a").ShouldBe(0);
    }

    [Fact]
    public void A_key_is_taken_at_most_once_in_a_pace()
    {
        var queue = new WorkQueue<string>(Backoff, TimeSpan.FromMilliseconds(10));
        queue.Add("a", Start);
        Take(queue, Start).ShouldBe("a");
        queue.Add("a", Start);
        queue.Done("a", Start.AddMilliseconds(1));
        Take(queue, Start.AddMilliseconds(9)).ShouldBeNull();
        Take(queue, Start.AddMilliseconds(10)).ShouldBe("a");
    }

    [Fact]
    public void However_it_is_used_no_key_is_out_twice_and_none_that_was_added_is_lost() => Prop.ForAll<int[]>(steps =>
    {
        var queue = new WorkQueue<int>(Backoff);
        var (now, taken, wanted) = (Start, new HashSet<int>(), new HashSet<int>());
        foreach (var step in steps)
        {
            now = now.AddMilliseconds(1);
            var key = Math.Abs(step % 4);
            switch (Math.Abs(step / 4 % 4))
            {
                case 0: queue.Add(key, now); wanted.Add(key); break;
                case 1: queue.AddRateLimited(key, now); wanted.Add(key); break;
                case 2: foreach (var k in taken.ToList()) { queue.Done(k, now); taken.Remove(k); } break;
                default:
                    if (!queue.TryTake(now, out var next)) break;
                    if (!taken.Add(next) || !wanted.Remove(next)) return false;
                    break;
            }
        }

        foreach (var key in taken) queue.Done(key, now);
        while (queue.TryTake(now.AddHours(1), out var key)) wanted.Remove(key);
        return wanted.Count == 0;
    }).QuickCheckThrowOnFailure();

    private static string? Take(WorkQueue<string> queue, DateTimeOffset now) => queue.TryTake(now, out var key) ? key : null;
}
