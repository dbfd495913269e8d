using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Tests.Dispatch;

public sealed class EvenFirst(Settings settings, Config config) : UnboundedPriorityMailbox(settings, config)
{
    protected override int PriorityGenerator(object message) => message is int n ? n % 2 : -1;
}

public sealed class MailboxSpec() : TestKit.Xunit2.TestKit(
    $$"""
    even-first.mailbox-type = "{{typeof(EvenFirst).AssemblyQualifiedName}}"
    small { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 2, mailbox-push-timeout-time = 10ms }
    with-mailbox { type = Dispatcher, mailbox-type = "{{typeof(EvenFirst).AssemblyQualifiedName}}" }
    """)
{
    private sealed class Slow : ReceiveActor
    {
        public Slow(IActorRef report, ManualResetEventSlim gate)
        {
            Receive<string>(_ =>
            {
                report.Tell("waiting");
                gate.Wait();
            });
            Receive<int>(n => report.Tell(n));
        }
    }

    [Theory]
    [InlineData("even-first", null)]
    [InlineData(null, "with-mailbox")]
    public void A_priority_mailbox_orders_what_waits(string? mailbox, string? dispatcher)
    {
        using var gate = new ManualResetEventSlim();
        var props = Props.Create(() => new Slow(TestActor, gate));
        if (mailbox is not null) props = props.WithMailbox(mailbox);
        if (dispatcher is not null) props = props.WithDispatcher(dispatcher);
        var actor = Sys.ActorOf(props);
        actor.Tell("wait");
        ExpectMsg("waiting");
        for (var i = 1; i <= 6; i++) actor.Tell(i);
        gate.Set();
        foreach (var n in new[] { 2, 4, 6, 1, 3, 5 }) ExpectMsg(n);
    }

    [Fact]
    public void What_a_bounded_mailbox_has_no_room_for_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        using var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor, gate)).WithMailbox("small"));
        actor.Tell("wait");
        ExpectMsg("waiting");
        for (var i = 1; i <= 3; i++) actor.Tell(i);
        ExpectMsg<Akka.Event.DeadLetter>().Message.ShouldBe(3);
        gate.Set();
        ExpectMsg(1);
        ExpectMsg(2);
    }

    private sealed class WhereAmI : ReceiveActor
    {
        public WhereAmI() => ReceiveAny(_ => Sender.Tell((Thread.CurrentThread.Name ?? "", Context.Dispatcher.Id)));
    }

    [Fact]
    public void A_pinned_actor_has_a_thread_of_its_own_and_gives_it_back()
    {
        Sys.Settings.InjectTopLevelFallback("pinned { type = PinnedDispatcher }");
        var actor = Sys.ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher("pinned"), "alone");
        actor.Tell("x");
        var (thread, id) = ExpectMsg<(string, string)>();
        thread.ShouldBe("pinned-alone");
        id.ShouldBe("pinned");
        for (var i = 0; i < 10; i++)
        {
            actor.Tell("x");
            ExpectMsg<(string, string)>().Item1.ShouldBe(thread);
        }
    }

    [Fact]
    public void A_fork_join_dispatcher_runs_on_threads_of_its_own()
    {
        Sys.ActorOf(Props.Create(() => new WhereAmI()).WithDispatcher("akka.actor.default-fork-join-dispatcher")).Tell("x");
        ExpectMsg<(string, string)>().Item1.ShouldStartWith("akka.actor.default-fork-join-dispatcher-");
    }

    [Fact]
    public void A_dispatcher_runs_what_it_is_given()
    {
        Sys.Dispatchers.DefaultGlobalDispatcher.Schedule(() => TestActor.Tell("ran"));
        ExpectMsg("ran");
        Sys.Dispatchers.HasDispatcher(Dispatchers.DefaultDispatcherId).ShouldBeTrue();
        Sys.Dispatchers.HasDispatcher("none").ShouldBeFalse();
    }
}
