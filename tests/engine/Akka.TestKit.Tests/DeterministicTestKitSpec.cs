using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit.Tests;

/// <summary>A test in whose thread the whole system runs: waiting runs it, and time is virtual.</summary>
public class DeterministicTestKitSpec() : Xunit2.TestKit("""
    akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
    akka.actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = 7 }
    """)
{
    [Fact]
    public void Expectations_run_the_actors()
    {
        var thread = Environment.CurrentManagedThreadId;
        var actor = ActorOf(Props.Create(() => new Where()));
        actor.Tell("where");
        ExpectMsg(thread);
    }

    [Fact]
    public void Waiting_passes_virtual_time()
    {
        var start = Sys.Scheduler.Now;
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), TestActor, "late", ActorRefs.NoSender);
        ExpectNoMsg(TimeSpan.FromMinutes(59));
        ExpectMsg("late", TimeSpan.FromMinutes(2));
        Sys.Scheduler.Now.ShouldBe(start + TimeSpan.FromHours(1));
    }

    [Fact]
    public void Advance_runs_what_becomes_due_on_the_way()
    {
        Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TestActor, "tick", ActorRefs.NoSender);
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(60));
        ReceiveN(60, TimeSpan.Zero).ShouldAllBe(m => (string)m == "tick");
    }

    [Fact]
    public async Task Awaiting_runs_the_actors_too()
    {
        ActorOf(Props.Create(() => new Where())).Tell("where");
        await ExpectMsgAsync<int>();
        AwaitCondition(() => Sys.Scheduler.MonotonicClock > TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void Event_filters_run_the_actors_too() => EventFilter.Info("said").ExpectOne(() => Log.Info("said"));

    private sealed class Where : ReceiveActor
    {
        public Where() => Receive<string>(_ => Sender.Tell(Environment.CurrentManagedThreadId));
    }
}
