using Akka.Actor;
using Akka.TestKit;

namespace Akka.Tests.Actor;

public sealed class TimersSpec() : TestKit.Xunit2.TestKit("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        public Ticking(IActorRef report)
        {
            Timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromSeconds(1));
            Receive<string>(s => s == "once", _ => Timers.StartSingleTimer("once", "single", TimeSpan.FromSeconds(5)));
            Receive<string>(s => s == "replace", _ => Timers.StartSingleTimer("once", "other", TimeSpan.FromSeconds(5)));
            Receive<string>(s => s == "cancel", _ => Timers.Cancel("tick"));
            Receive<string>(s => s == "active", _ => Sender.Tell((Timers.IsTimerActive("tick"), Timers.IsTimerActive("once"))));
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException("as told"));
            Receive<string>(s => s == "sync", s => Sender.Tell(s));
            Receive<string>(s => report.Tell(s));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private IActorRef New()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ticking(TestActor)));
        Sync(actor);
        return actor;
    }

    private void Sync(IActorRef actor)
    {
        actor.Tell("sync");
        ExpectMsg("sync");
    }

    [Fact]
    public void A_periodic_timer_comes_again_and_again_until_it_is_cancelled()
    {
        var actor = New();
        Time.Advance(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 3; i++) ExpectMsg("tick");
        actor.Tell("cancel");
        Sync(actor);
        Time.Advance(TimeSpan.FromSeconds(3));
        Sync(actor);
    }

    [Fact]
    public void A_single_timer_comes_once_and_is_no_longer_active_then()
    {
        var actor = New();
        actor.Tell("cancel");
        actor.Tell("once");
        actor.Tell("active");
        ExpectMsg((false, true));
        Time.Advance(TimeSpan.FromSeconds(5));
        ExpectMsg("single");
        actor.Tell("active");
        ExpectMsg((false, false));
    }

    [Fact]
    public void A_timer_of_the_same_key_replaces_the_one_before()
    {
        var actor = New();
        actor.Tell("cancel");
        actor.Tell("once");
        actor.Tell("replace");
        Sync(actor);
        Time.Advance(TimeSpan.FromSeconds(10));
        ExpectMsg("other");
        Sync(actor);
    }

    [Fact]
    public void Timers_end_at_a_restart_and_the_fresh_actor_starts_its_own()
    {
        var actor = New();
        actor.Tell("once");
        actor.Tell("fail");
        Sync(actor);
        Time.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 5; i++) ExpectMsg("tick");
        Sync(actor);
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(IActorRef report)
        {
            SetReceiveTimeout(TimeSpan.FromSeconds(10));
            Receive<ReceiveTimeout>(_ => report.Tell("silence"));
            Receive<string>(s => s == "enough", _ => SetReceiveTimeout(null));
            Receive<string>(s => Sender.Tell(s));
            Receive<Quiet>(_ => Sender.Tell("quiet"));
        }

        public sealed record Quiet : INotInfluenceReceiveTimeout;
    }

    [Fact]
    public void ReceiveTimeout_comes_after_silence_and_messages_push_it_back()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Impatient(TestActor)));
        Settle(actor);
        Time.Advance(TimeSpan.FromSeconds(9));
        Settle(actor);
        Time.Advance(TimeSpan.FromSeconds(9));
        Quiet(actor);
        Time.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg("silence");
        actor.Tell("enough");
        Settle(actor);
        Time.Advance(TimeSpan.FromSeconds(100));
        Settle(actor);
    }

    // The timeout is set when the handler has ended, which is after its answer; the next message comes after that.
    private void Settle(IActorRef actor)
    {
        Sync(actor);
        Quiet(actor);
    }

    private void Quiet(IActorRef actor)
    {
        actor.Tell(new Impatient.Quiet());
        ExpectMsg("quiet");
    }
}
