using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class SchedulerSpec : TestKit.Xunit2.TestKit
{
    [Fact]
    public void ScheduleTellOnce_sends_once_and_not_before_its_time()
    {
        var before = Sys.Scheduler.HighResMonotonicClock;
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(50), TestActor, "late", ActorRefs.NoSender);
        ExpectMsg("late");
        (Sys.Scheduler.HighResMonotonicClock - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void ScheduleTellRepeatedly_sends_until_it_is_cancelled()
    {
        var tick = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, TimeSpan.FromMilliseconds(10), TestActor, "tick", ActorRefs.NoSender);
        for (var i = 0; i < 5; i++) ExpectMsg("tick");
        tick.Cancel();
        ReceiveWhile<string>(s => s == "tick", idle: TimeSpan.FromMilliseconds(100));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void What_is_cancelled_before_its_time_never_happens()
    {
        Sys.Scheduler.ScheduleTellOnceCancelable(TimeSpan.FromMilliseconds(30), TestActor, "never", ActorRefs.NoSender).Cancel();
        Sys.Scheduler.Advanced.ScheduleOnceCancelable(TimeSpan.FromMilliseconds(30), () => TestActor.Tell("never")).Cancel();
        ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Actions_run_in_the_order_of_their_time()
    {
        foreach (var delay in new[] { 90, 30, 60 }) Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(delay), () => TestActor.Tell(delay));
        ExpectMsg(30);
        ExpectMsg(60);
        ExpectMsg(90);
    }

    [Fact]
    public void An_action_that_throws_does_not_stop_the_scheduler()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(5), () => throw new InvalidOperationException("action"));
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(40), TestActor, "alive", ActorRefs.NoSender);
        ExpectMsg("alive");
    }

    [Fact]
    public void A_long_delay_does_not_come_a_round_of_the_wheel_too_early()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMinutes(5), TestActor, "early", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(20), TestActor, "now", ActorRefs.NoSender);
        ExpectMsg("now");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Negative_delays_and_empty_intervals_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(-1), TestActor, "x", ActorRefs.NoSender));
        Should.Throw<ArgumentOutOfRangeException>(() => Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.Zero, TestActor, "x", ActorRefs.NoSender));
    }

    [Fact]
    public void A_cancelable_gives_a_token()
    {
        using var cancelable = new Cancelable(Sys.Scheduler.Advanced);
        cancelable.Token.IsCancellationRequested.ShouldBeFalse();
        cancelable.Cancel();
        cancelable.IsCancellationRequested.ShouldBeTrue();
        cancelable.Token.IsCancellationRequested.ShouldBeTrue();
        Cancelable.CreateCanceled().IsCancellationRequested.ShouldBeTrue();
    }
}
