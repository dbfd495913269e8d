using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorLifeCycleSpec : TestKit.Xunit2.TestKit
{
    private sealed class LifeCycle : ReceiveActor
    {
        private readonly IActorRef _report;
        private readonly int _generation;

        public LifeCycle(IActorRef report, Counter generations)
        {
            _report = report;
            _generation = generations.Next();
            Receive<string>(m => m == "fail", _ => throw new InvalidOperationException("as told"));
            Receive<string>(m => m == "status", _ => report.Tell(("OK", _generation)));
        }

        protected override void PreStart() => _report.Tell(("preStart", _generation));

        protected override void PostStop() => _report.Tell(("postStop", _generation));

        protected override void PreRestart(Exception reason, object message)
        {
            _report.Tell(("preRestart", _generation));
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            _report.Tell(("postRestart", _generation));
            base.PostRestart(reason);
        }
    }

    private sealed class Counter
    {
        private int _last = -1;

        public int Next() => ++_last;
    }

    [Fact]
    public void The_hooks_are_called_in_order_over_a_restart_and_a_stop()
    {
        var generations = new Counter();
        var actor = Sys.ActorOf(Props.Create(() => new LifeCycle(TestActor, generations)));
        ExpectMsg(("preStart", 0));
        actor.Tell("fail");
        ExpectMsg(("preRestart", 0));
        ExpectMsg(("postStop", 0));
        ExpectMsg(("postRestart", 1));
        ExpectMsg(("preStart", 1));
        actor.Tell("status");
        ExpectMsg(("OK", 1));
        Sys.Stop(actor);
        ExpectMsg(("postStop", 1));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    private sealed class Outer : ReceiveActor
    {
        public Outer(IActorRef report)
        {
            Context.ActorOf(Props.Create(() => new Reporter(report, "inner", 1)), "inner");
            Receive<string>(_ => { });
        }
    }

    private sealed class Reporter : ReceiveActor
    {
        private readonly IActorRef _report;
        private readonly string _name;

        public Reporter(IActorRef report, string name, int depth)
        {
            _report = report;
            _name = name;
            if (depth > 0) Context.ActorOf(Props.Create(() => new Reporter(report, name + "-" + depth, depth - 1)));
        }

        protected override void PreStart() => _report.Tell("start " + _name);

        protected override void PostStop() => _report.Tell("stop " + _name);
    }

    [Fact]
    public void Children_stop_before_their_parent()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Reporter(TestActor, "a", 3)));
        ExpectMsgAllOf("start a", "start a-3", "start a-3-2", "start a-3-2-1");
        Sys.Stop(actor);
        ExpectMsg("stop a-3-2-1");
        ExpectMsg("stop a-3-2");
        ExpectMsg("stop a-3");
        ExpectMsg("stop a");
    }

    [Fact]
    public void A_stopped_actor_handles_no_message_that_waits()
    {
        var actor = Sys.ActorOf(Props.Create(() => new StopsItself(TestActor)));
        actor.Tell("one");
        actor.Tell("two");
        ExpectMsg("one");
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    private sealed class StopsItself : ReceiveActor
    {
        public StopsItself(IActorRef report) => Receive<string>(m =>
        {
            report.Tell(m);
            Context.Stop(Self);
        });
    }

    [Fact]
    public void PoisonPill_is_handled_after_the_messages_before_it()
    {
        var generations = new Counter();
        var actor = Sys.ActorOf(Props.Create(() => new LifeCycle(TestActor, generations)));
        ExpectMsg(("preStart", 0));
        for (var i = 0; i < 5; i++) actor.Tell("status");
        actor.Tell(PoisonPill.Instance);
        for (var i = 0; i < 5; i++) ExpectMsg(("OK", 0));
        ExpectMsg(("postStop", 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$name")]
    [InlineData("a/b")]
    [InlineData("ü")]
    public void A_name_must_be_a_valid_path_element(string name) =>
        Should.Throw<InvalidActorNameException>(() => Sys.ActorOf(Props.Create(() => new StopsItself(TestActor)), name));

    [Fact]
    public void A_name_can_be_used_once_at_a_time()
    {
        Sys.ActorOf(Props.Create(() => new StopsItself(TestActor)), "taken");
        Should.Throw<InvalidActorNameException>(() => Sys.ActorOf(Props.Create(() => new StopsItself(TestActor)), "taken"))
            .Message.ShouldContain("is not unique");
    }

    [Fact]
    public void An_actor_cannot_be_made_with_new() =>
        Should.Throw<ActorInitializationException>(() => RunOutsideOfActors(() => new StopsItself(null!)));

    private static T RunOutsideOfActors<T>(Func<T> make)
    {
        // The test kit's own context would be taken for an actor's.
        T? made = default;
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                made = make();
            }
            catch (Exception cause)
            {
                thrown = cause;
            }
        });
        thread.Start();
        thread.Join();
        return thrown is null ? made! : throw thrown;
    }
}
