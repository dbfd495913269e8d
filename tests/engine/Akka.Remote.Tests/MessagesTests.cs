using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Tests;

public class MessagesTests : SimulatedHosts
{
    private readonly ActorSystem _b;
    private readonly IActorRef _echo;

    public MessagesTests()
    {
        _b = Start("b");
        _echo = _b.ActorOf(Props.Create(() => new Echo()), "echo");
    }

    [Fact]
    public void A_message_reaches_an_actor_of_another_system_and_the_answer_comes_back()
    {
        Remote(_echo, Sys).Tell("hello", TestActor);
        ExpectMsg("echo:hello");
        LastSender.Path.Address.ShouldBe(AddressOf(_b));
        LastSender.Tell("again", TestActor);
        ExpectMsg("echo:again");
    }

    [Fact]
    public void A_selection_finds_an_actor_of_another_system()
    {
        Sys.ActorSelection(PathAt(_b, "/user/echo")).Tell("hello", TestActor);
        ExpectMsg("echo:hello");
        Sys.ActorSelection(PathAt(_b, "/user/e*")).Tell("all", TestActor);
        ExpectMsg("echo:all");
        Sys.ActorSelection(PathAt(_b, "/user/echo")).Tell(new Identify(1), TestActor);
        ExpectMsg<ActorIdentity>(identity => identity.Subject.ShouldBe(Remote(_echo, Sys)));
        Sys.ActorSelection(PathAt(_b, "/user/nobody")).Tell(new Identify(2), TestActor);
        ExpectMsg<ActorIdentity>(identity => identity.Subject.ShouldBeNull());
    }

    [Fact]
    public async Task A_selection_resolves_to_the_reference()
    {
        var found = Sys.ActorSelection(PathAt(_b, "/user/echo")).ResolveOne(TimeSpan.FromSeconds(3));
        AwaitCondition(() => found.IsCompleted);
        (await found).ShouldBe(Remote(_echo, Sys));
        (await found).Path.Uid.ShouldBe(_echo.Path.Uid);
    }

    [Fact]
    public async Task A_question_is_answered_across_systems()
    {
        var answer = Remote(_echo, Sys).Ask<string>("what", TimeSpan.FromSeconds(3));
        AwaitCondition(() => answer.IsCompleted);
        (await answer).ShouldBe("echo:what");
    }

    [Fact]
    public async Task A_question_that_nobody_answers_times_out()
    {
        var silent = _b.ActorOf(Props.Create(() => new Forwarder(_b.IgnoreRef)));
        var answer = Remote(silent, Sys).Ask<string>("what", TimeSpan.FromSeconds(3));
        Pass(4);
        await Should.ThrowAsync<AskTimeoutException>(answer);
    }

    [Fact]
    public void The_own_address_leads_to_the_actor_itself()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        var own = provider.ResolveActorRef(Akka.Serialization.Serialization.SerializedActorPath(TestActor));
        own.ShouldBeSameAs(TestActor);
        Sys.ActorSelection(PathAt(Sys, TestActor.Path.ToStringWithoutAddress())).Tell("me", TestActor);
        ExpectMsg("me");
    }

    [Fact]
    public void A_reference_in_a_message_works_on_the_other_side()
    {
        var c = Start("c");
        var third = CreateTestProbe(c);
        // b learns of an actor of c from a, and sends to it itself.
        Remote(_echo, Sys).Tell("warm", TestActor);
        ExpectMsg("echo:warm");
        var forwarder = _b.ActorOf(Props.Create(() => new Forwarder(Remote(third.Ref, _b))));
        Remote(forwarder, Sys).Tell(TestActor, TestActor);
        var back = third.ExpectMsg<IActorRef>();
        third.Sender.ShouldBe(Remote(TestActor, c));
        back.ShouldBe(Remote(TestActor, c));
        back.Tell("from c", third.Ref);
        ExpectMsg("from c");
        Sender().ShouldBe(Remote(third.Ref, Sys));
    }

    private IActorRef Sender() => LastSender;

    [Fact]
    public void Messages_between_a_pair_keep_their_order()
    {
        Network.DefaultDelay = random => TimeSpan.FromMilliseconds(random.Next(50));
        var probe = CreateTestProbe(_b);
        var target = Remote(probe.Ref, Sys);
        for (var i = 0; i < 500; i++) target.Tell(i, TestActor);
        for (var i = 0; i < 500; i++) probe.ExpectMsg(i, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void What_cannot_be_written_becomes_a_dead_letter_and_an_error_in_the_log_and_the_rest_arrives()
    {
        var dead = CreateTestProbe();
        Sys.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var echo = Remote(_echo, Sys);
        EventFilter.Error(contains: "cannot be sent").ExpectOne(() =>
        {
            echo.Tell(new object(), TestActor);
            echo.Tell("after", TestActor);
            ExpectMsg("echo:after");
        });
        dead.ExpectMsg<DeadLetter>().Message.GetType().ShouldBe(typeof(object));
    }

    [Fact]
    public void What_is_too_large_for_a_frame_becomes_a_dead_letter()
    {
        var echo = Remote(_echo, Sys);
        EventFilter.Error(contains: "maximum-frame-size").ExpectOne(() =>
        {
            echo.Tell(new byte[200_000], TestActor);
            echo.Tell("after", TestActor);
            ExpectMsg("echo:after");
        });
    }

    [Fact]
    public void A_message_to_an_actor_that_is_gone_becomes_a_dead_letter_over_there()
    {
        var dead = CreateTestProbe(_b);
        _b.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var echo = Remote(_echo, Sys);
        Watch(echo);
        echo.Tell(PoisonPill.Instance);
        ExpectTerminated(echo);
        echo.Tell("too late", TestActor);
        dead.ExpectMsg<DeadLetter>().Message.ShouldBe("too late");
    }

    [Fact]
    public async Task An_actor_is_stopped_across_systems()
    {
        var probe = CreateTestProbe(_b);
        probe.Watch(_echo);
        Sys.Stop(Remote(_echo, Sys));
        probe.ExpectTerminated(_echo);
        var graceful = Remote(_b.ActorOf(Props.Create(() => new Echo()), "other"), Sys).GracefulStop(TimeSpan.FromSeconds(5));
        AwaitCondition(() => graceful.IsCompleted);
        (await graceful).ShouldBeTrue();
    }

    [Fact]
    public void A_path_without_uid_means_whoever_lives_there()
    {
        var byName = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(PathAt(_b, "/user/phoenix"));
        var first = _b.ActorOf(Props.Create(() => new Echo()), "phoenix");
        byName.Tell(1, TestActor);
        ExpectMsg("phoenix:1");
        Watch(Remote(first, Sys));
        _b.Stop(first);
        ExpectTerminated(Remote(first, Sys));
        _b.ActorOf(Props.Create(() => new Echo()), "phoenix");
        byName.Tell(2, TestActor);
        ExpectMsg("phoenix:2");
    }

    [Fact]
    public void The_lifecycle_of_connections_is_published()
    {
        var events = CreateTestProbe();
        Sys.EventStream.Subscribe(events.Ref, typeof(RemotingLifecycleEvent));
        Remote(_echo, Sys).Tell("x", TestActor);
        ExpectMsg("echo:x");
        var associated = events.ReceiveN(2).OfType<AssociatedEvent>().ToList();
        associated.ShouldContain(e => !e.IsInbound && e.RemoteAddress.Equals(AddressOf(_b)));
        associated.ShouldContain(e => e.IsInbound && e.RemoteAddress.Equals(AddressOf(_b)));
        Network.Break(AddressOf(Sys), AddressOf(_b));
        events.FishForMessage(m => m is DisassociatedEvent { IsInbound: false }, TimeSpan.FromSeconds(5));
    }
}
