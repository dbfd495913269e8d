using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class SupervisorSpec : TestKit.Xunit2.TestKit
{
    private sealed class ResumeMe : Exception;

    private sealed class RestartMe : Exception;

    private sealed class StopMe : Exception;

    private sealed class EscalateMe : Exception;

    private static Directive Decide(Exception cause) => cause switch
    {
        ResumeMe => Directive.Resume,
        RestartMe => Directive.Restart,
        StopMe => Directive.Stop,
        _ => Directive.Escalate,
    };

    private sealed class Child : ReceiveActor
    {
        private readonly IActorRef _report;
        private readonly string _name;
        private int _count;

        public Child(IActorRef report, string name)
        {
            _report = report;
            _name = name;
            Receive<Exception>(e => throw e);
            Receive<string>(m => m == "count", _ => Sender.Tell(_count));
            Receive<string>(m => m == "add", _ => _count++);
        }

        protected override void PreStart() => _report.Tell($"{_name} start");

        protected override void PreRestart(Exception reason, object message) => _report.Tell($"{_name} pre-restart {reason.GetType().Name} {message?.GetType().Name}");

        protected override void PostRestart(Exception reason) => _report.Tell($"{_name} post-restart");

        protected override void PostStop() => _report.Tell($"{_name} stop");
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly SupervisorStrategy _strategy;

        public Parent(SupervisorStrategy strategy, IActorRef report, string[] children)
        {
            _strategy = strategy;
            foreach (var name in children) Context.ActorOf(Props.Create(() => new Child(report, name)), name);
            Receive<string>(name => Sender.Tell(Context.Child(name)));
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;
    }

    private (IActorRef Parent, IActorRef[] Children) Family(SupervisorStrategy strategy, params string[] names)
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(strategy, TestActor, names)));
        var children = new List<IActorRef>();
        // The children start by themselves, in any order.
        ExpectMsgAllOf(names.Select(static n => $"{n} start").ToArray());
        foreach (var name in names)
        {
            parent.Tell(name);
            children.Add(ExpectMsg<IActorRef>());
        }

        return (parent, children.ToArray());
    }

    [Fact]
    public void Resume_keeps_the_state_and_the_children_go_on()
    {
        var (_, children) = Family(new OneForOneStrategy(Decide), "a");
        children[0].Tell("add");
        children[0].Tell(new ResumeMe());
        children[0].Tell("count");
        ExpectMsg(1);
    }

    [Fact]
    public void Restart_makes_a_fresh_actor_behind_the_same_reference()
    {
        var (_, children) = Family(new OneForOneStrategy(Decide), "a", "b");
        children[0].Tell("add");
        children[0].Tell(new RestartMe());
        children[0].Tell("count");
        ExpectMsg("a pre-restart RestartMe RestartMe");
        ExpectMsg("a post-restart");
        ExpectMsg(0);
        children[1].Tell("count");
        ExpectMsg(0);
    }

    [Fact]
    public void Stop_stops_the_child_alone()
    {
        var (_, children) = Family(new OneForOneStrategy(Decide), "a", "b");
        Watch(children[0]);
        children[0].Tell(new StopMe());
        ExpectMsg("a stop");
        ExpectTerminated(children[0]);
        children[1].Tell("count");
        ExpectMsg(0);
    }

    [Fact]
    public void Escalate_fails_the_parent_whose_children_stop_when_it_is_restarted()
    {
        var (parent, children) = Family(new OneForOneStrategy(Decide), "a");
        Watch(children[0]);
        children[0].Tell(new EscalateMe());
        // The user guardian restarts the parent; PreRestart stops the children, the constructor starts new ones.
        ExpectMsg("a stop");
        ExpectTerminated(children[0]);
        ExpectMsg("a start");
        parent.Tell("a");
        ExpectMsg<IActorRef>().ShouldNotBe(children[0]);
    }

    [Fact]
    public void AllForOne_restarts_all_children_when_one_fails()
    {
        var (_, children) = Family(new AllForOneStrategy(Decide), "a", "b");
        children[0].Tell(new RestartMe());
        ExpectMsgAllOf("a pre-restart RestartMe RestartMe", "a post-restart", "b pre-restart RestartMe ", "b post-restart");
        children[1].Tell("count");
        ExpectMsg(0);
    }

    [Fact]
    public void AllForOne_stops_all_children_when_one_fails()
    {
        var (_, children) = Family(new AllForOneStrategy(Decide), "a", "b");
        children[0].Tell(new StopMe());
        ExpectMsgAllOf("a stop", "b stop");
    }

    [Fact]
    public void A_child_that_fails_more_often_than_allowed_is_stopped()
    {
        var (_, children) = Family(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), Decide), "a");
        Watch(children[0]);
        for (var i = 0; i < 2; i++)
        {
            children[0].Tell(new RestartMe());
            ExpectMsg("a pre-restart RestartMe RestartMe");
            ExpectMsg("a post-restart");
        }

        children[0].Tell(new RestartMe());
        ExpectMsg("a stop");
        ExpectTerminated(children[0]);
    }

    [Fact]
    public void Kill_stops_under_the_default_strategy()
    {
        var (_, children) = Family(SupervisorStrategy.DefaultStrategy, "a");
        Watch(children[0]);
        EventFilter.Exception<ActorKilledException>().ExpectOne(() => children[0].Tell(Akka.Actor.Kill.Instance));
        ExpectMsg("a stop");
        ExpectTerminated(children[0]);
    }

    private sealed class CannotStart : ReceiveActor
    {
        public CannotStart() => throw new InvalidOperationException("not today");
    }

    [Fact]
    public void An_actor_that_cannot_be_made_is_stopped()
    {
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() => Watch(Sys.ActorOf(Props.Create(() => new CannotStart()))));
        ExpectMsg<Terminated>();
    }

    private sealed class WithState : ReceiveActor
    {
        public WithState()
        {
            Receive<string>(m => m == "fail", _ => throw new RestartMe());
            Receive<string>(m => m == "become", _ => Become(() => Receive<string>(s => Sender.Tell("other " + s))));
            Receive<string>(m => Sender.Tell("first " + m));
        }
    }

    [Fact]
    public void A_restart_goes_back_to_the_first_behavior()
    {
        var actor = Sys.ActorOf(Props.Create(() => new WithState()));
        actor.Tell("x");
        ExpectMsg("first x");
        actor.Tell("become");
        actor.Tell("x");
        ExpectMsg("other x");
        actor.Tell(Akka.Actor.Kill.Instance);
        var second = Sys.ActorOf(Props.Create(() => new WithState()));
        second.Tell("fail");
        second.Tell("x");
        ExpectMsg("first x");
    }

    [Fact]
    public void Deciders_are_tables_or_functions()
    {
        var table = Decider.From(Directive.Escalate, Directive.Stop.When<StopMe>(), Directive.Resume.When<ResumeMe>());
        table.Decide(new StopMe()).ShouldBe(Directive.Stop);
        table.Decide(new ResumeMe()).ShouldBe(Directive.Resume);
        table.Decide(new RestartMe()).ShouldBe(Directive.Escalate);
        Decider.From(Decide).Decide(new RestartMe()).ShouldBe(Directive.Restart);
        SupervisorStrategy.DefaultDecider.Decide(new RestartMe()).ShouldBe(Directive.Restart);
        SupervisorStrategy.DefaultDecider.Decide(new ActorKilledException("k")).ShouldBe(Directive.Stop);
    }

    [Fact]
    public void A_strategy_in_Props_replaces_the_actors_own()
    {
        var props = Props.Create(() => new Parent(new OneForOneStrategy(Decide), TestActor, new[] { "a" })).WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);
        var parent = Sys.ActorOf(props);
        ExpectMsg("a start");
        parent.Tell("a");
        var child = ExpectMsg<IActorRef>();
        child.Tell(new RestartMe());
        ExpectMsg("a stop");
    }
}
