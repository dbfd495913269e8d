using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class PropsSpec : TestKit.Xunit2.TestKit
{
    private sealed class Greeting : ReceiveActor
    {
        public Greeting(string greeting, int times, IActorRef? other = null)
        {
            ReceiveAny(_ => Sender.Tell(string.Concat(Enumerable.Repeat(greeting, times))));
            Other = other;
        }

        public IActorRef? Other { get; }
    }

    private sealed class Plain : ReceiveActor
    {
        public Plain() => ReceiveAny(_ => Sender.Tell("plain"));
    }

    private int Three => 3;

    [Fact]
    public void An_expression_gives_type_and_arguments()
    {
        var greeting = "hi";
        var props = Props.Create(() => new Greeting(greeting + "!", Three, null));
        props.Type.ShouldBe(typeof(Greeting));
        props.Arguments.ShouldBe(["hi!", 3, null!]);
        Sys.ActorOf(props).Tell("x");
        ExpectMsg("hi!hi!hi!");
    }

    [Fact]
    public void A_type_and_its_arguments_do_as_well()
    {
        Sys.ActorOf(Props.Create(typeof(Greeting), "a", 2, TestActor)).Tell("x");
        ExpectMsg("aa");
        Sys.ActorOf(Props.Create<Greeting>("b", 2, null!)).Tell("x");
        ExpectMsg("bb");
        Sys.ActorOf(Props.Create<Plain>()).Tell("x");
        ExpectMsg("plain");
        Sys.ActorOf<Plain>().Tell("x");
        ExpectMsg("plain");
    }

    [Fact]
    public void Only_a_new_expression_makes_a_recipe() =>
        Should.Throw<ArgumentException>(() => Props.Create(() => Make()));

    private static Plain Make() => new();

    [Fact]
    public void A_recipe_is_never_changed()
    {
        var props = Props.Create(() => new Plain());
        var other = props.WithDispatcher("other").WithMailbox("box").WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);
        props.Mailbox.ShouldBeNull();
        props.SupervisorStrategy.ShouldBeNull();
        other.Dispatcher.ShouldBe("other");
        other.Mailbox.ShouldBe("box");
        other.SupervisorStrategy.ShouldBe(SupervisorStrategy.StoppingStrategy);
        other.Type.ShouldBe(typeof(Plain));
    }

    private sealed class Producing(List<string> log) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Plain);

        public ActorBase Produce()
        {
            log.Add("produced");
            return new Plain();
        }

        public void Release(ActorBase actor) => log.Add("released");
    }

    [Fact]
    public void A_producer_makes_actors_and_takes_them_back()
    {
        var log = new List<string>();
        var actor = Sys.ActorOf(Props.CreateBy(new Producing(log)));
        Watch(actor);
        actor.Tell("x");
        ExpectMsg("plain");
        Sys.Stop(actor);
        ExpectTerminated(actor);
        AwaitAssert(() => log.ShouldBe(["produced", "released"]));
    }

    [Fact]
    public void Arguments_that_fit_no_constructor_fail_the_start()
    {
        Watch(Sys.ActorOf(Props.Create(typeof(Greeting), 1, 2, 3, 4)));
        ExpectMsg<Terminated>();
    }
}
