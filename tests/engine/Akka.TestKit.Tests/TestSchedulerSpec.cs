using Akka.Actor;

namespace Akka.TestKit.Tests;

/// <summary>Time that a test moves.</summary>
public class TestSchedulerSpec() : Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Nothing_happens_until_time_is_moved()
    {
        Scheduler.ScheduleTellOnce(Second, TestActor, "later", ActorRefs.NoSender);
        ExpectNoMsg(50);
        Scheduler.Advance(TimeSpan.FromMilliseconds(999));
        ExpectNoMsg(50);
        Scheduler.Advance(TimeSpan.FromMilliseconds(1));
        ExpectMsg("later");
    }

    [Fact]
    public void The_time_is_what_the_test_made_it()
    {
        var start = Scheduler.Now;
        Scheduler.Advance(TimeSpan.FromHours(5));
        Scheduler.Now.ShouldBe(start + TimeSpan.FromHours(5));
        Scheduler.AdvanceTo(start + TimeSpan.FromHours(6));
        Scheduler.Now.ShouldBe(start + TimeSpan.FromHours(6));
        Should.Throw<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void What_is_due_comes_in_the_order_of_its_time()
    {
        Scheduler.ScheduleTellOnce(3 * Second, TestActor, 3, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(1 * Second, TestActor, 1, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(2 * Second, TestActor, 2, ActorRefs.NoSender);
        Scheduler.Advance(5 * Second);
        ReceiveN(3).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_repeated_message_comes_at_every_interval()
    {
        var cancelable = Scheduler.ScheduleTellRepeatedlyCancelable(Second, 2 * Second, TestActor, "tick", ActorRefs.NoSender);
        Scheduler.Advance(Second);
        ExpectMsg("tick");
        Scheduler.Advance(Second);
        ExpectNoMsg(50);
        Scheduler.Advance(Second);
        ExpectMsg("tick");
        cancelable.Cancel();
        Scheduler.Advance(10 * Second);
        ExpectNoMsg(50);
    }

    [Fact]
    public void Timers_of_actors_follow_it()
    {
        ActorOf(Props.Create(() => new Alarm(TestActor)));
        ExpectMsg("ready");
        Scheduler.Advance(TimeSpan.FromMinutes(1));
        ExpectMsg("ring");
    }

    private sealed class Alarm : ReceiveActor, IWithTimers
    {
        public Alarm(IActorRef listener)
        {
            Receive<string>(listener.Tell);
            _listener = listener;
        }

        private readonly IActorRef _listener;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Timers.StartSingleTimer("alarm", "ring", TimeSpan.FromMinutes(1));
            _listener.Tell("ready");
        }
    }
}
