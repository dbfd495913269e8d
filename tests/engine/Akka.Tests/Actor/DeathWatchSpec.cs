using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace Akka.Tests.Actor;

public sealed class DeathWatchSpec : TestKit.Xunit2.TestKit
{
    private sealed class Idle : ReceiveActor
    {
        public Idle() => ReceiveAny(Sender.Tell);
    }

    private sealed class Watcher : ReceiveActor
    {
        public sealed record Follow(IActorRef Subject);
        public sealed record FollowWith(IActorRef Subject, object Message);
        public sealed record Leave(IActorRef Subject);

        public Watcher(IActorRef report)
        {
            Receive<Follow>(f => Sender.Tell(Context.Watch(f.Subject)));
            Receive<FollowWith>(f => Sender.Tell(Context.WatchWith(f.Subject, f.Message)));
            Receive<Leave>(l => Sender.Tell(Context.Unwatch(l.Subject)));
            Receive<Terminated>(t => report.Tell(t.ActorRef));
            ReceiveAny(report.Tell);
        }
    }

    private sealed class PactBreaker : UntypedActor
    {
        private readonly IActorRef _report;

        public PactBreaker(IActorRef subject, IActorRef report)
        {
            _report = report;
            Context.Watch(subject);
        }

        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => _report.Tell("stopped");
    }

    private IActorRef NewIdle() => Sys.ActorOf(Props.Create(() => new Idle()));

    private IActorRef NewWatcher() => Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));

    [Fact]
    public void DeathWatch_must_notify_with_one_Terminated_message_when_actor_is_stopped()
    {
        var subject = NewIdle();
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject).ExistenceConfirmed.ShouldBeTrue();
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void DeathWatch_must_notify_when_the_actor_was_already_dead()
    {
        var subject = NewIdle();
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        Watch(subject);
        ExpectTerminated(subject);
    }

    [Fact]
    public void DeathWatch_must_notify_all_watchers()
    {
        var subject = NewIdle();
        for (var i = 0; i < 3; i++)
        {
            NewWatcher().Tell(new Watcher.Follow(subject));
            ExpectMsg(subject);
        }

        subject.Tell(PoisonPill.Instance);
        for (var i = 0; i < 3; i++) ExpectMsg(subject);
    }

    [Fact]
    public void DeathWatch_must_not_notify_who_unwatched()
    {
        var subject = NewIdle();
        var watcher = NewWatcher();
        watcher.Tell(new Watcher.Follow(subject));
        ExpectMsg(subject);
        watcher.Tell(new Watcher.Leave(subject));
        ExpectMsg(subject);
        Watch(subject);
        subject.Tell(PoisonPill.Instance);
        ExpectTerminated(subject);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void DeathWatch_must_send_the_message_that_WatchWith_asked_for()
    {
        var subject = NewIdle();
        var watcher = NewWatcher();
        watcher.Tell(new Watcher.FollowWith(subject, "it is gone"));
        ExpectMsg(subject);
        Sys.Stop(subject);
        ExpectMsg("it is gone");
    }

    [Fact]
    public void Messages_of_the_dying_arrive_before_Terminated()
    {
        var subject = Sys.ActorOf(Props.Create(() => new LastWords(TestActor)));
        Watch(subject);
        Sys.Stop(subject);
        ExpectMsg("last words");
        ExpectTerminated(subject);
    }

    private sealed class LastWords(IActorRef report) : UntypedActor
    {
        protected override void OnReceive(object message) { }

        protected override void PostStop() => report.Tell("last words");
    }

    [Fact]
    public void An_actor_that_does_not_handle_Terminated_dies_of_a_DeathPactException()
    {
        var subject = NewIdle();
        var breaker = Sys.ActorOf(Props.Create(() => new PactBreaker(subject, TestActor)));
        Watch(breaker);
        EventFilter.Exception<DeathPactException>().ExpectOne(() =>
        {
            Sys.Stop(subject);
            ExpectMsg("stopped");
        });
        ExpectTerminated(breaker);
    }

    private sealed class Outer : ReceiveActor
    {
        public Outer(IActorRef report)
        {
            var child = Context.Watch(Context.ActorOf(Props.Create(() => new Idle()), "child"));
            Receive<string>(_ => Context.Stop(child));
            Receive<Terminated>(t =>
            {
                report.Tell(Context.Child("child").IsNobody() ? "name is free" : "name is taken");
                report.Tell(Context.ActorOf(Props.Create(() => new Idle()), "child").Path.Name);
            });
        }
    }

    [Fact]
    public void A_parent_that_watches_can_use_the_name_again_when_Terminated_arrives()
    {
        Sys.ActorOf(Props.Create(() => new Outer(TestActor))).Tell("stop it");
        ExpectMsg("name is free");
        ExpectMsg("child");
    }

    [Fact]
    public async Task GracefulStop_ends_with_true_when_the_actor_is_gone()
    {
        var subject = NewIdle();
        (await subject.GracefulStop(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        (await subject.GracefulStop(TimeSpan.FromSeconds(20))).ShouldBeTrue();
    }
}
