using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorWithStashSpec : TestKit.Xunit2.TestKit
{
    private sealed class Gate : ReceiveActor, IWithUnboundedStash
    {
        private readonly IActorRef _report;

        public Gate(IActorRef report)
        {
            _report = report;
            Closed();
        }

        public IStash Stash { get; set; } = null!;

        private void Closed()
        {
            Receive<string>(s => s == "open", _ =>
            {
                Become(Open);
                Stash.UnstashAll();
            });
            Receive<string>(s => s == "open one", _ =>
            {
                Become(Open);
                Stash.Unstash();
            });
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException("as told"));
            Receive<string>(s => s == "twice", _ =>
            {
                Stash.Stash();
                try
                {
                    Stash.Stash();
                }
                catch (IllegalActorStateException cause)
                {
                    _report.Tell(cause);
                }
            });
            Receive<string>(s => s == "count", _ => Sender.Tell(Stash.Count));
            ReceiveAny(_ => Stash.Stash());
        }

        private void Open()
        {
            Receive<string>(s => s == "close", _ => Become(Closed));
            ReceiveAny(m => _report.Tell((m, Sender)));
        }
    }

    private IActorRef New() => Sys.ActorOf(Props.Create(() => new Gate(TestActor)));

    [Fact]
    public void Unstashed_messages_come_first_in_their_order_with_their_senders()
    {
        var gate = New();
        var probe = CreateTestProbe();
        gate.Tell(1, probe.Ref);
        gate.Tell(2, TestActor);
        gate.Tell("open");
        gate.Tell(3);
        ExpectMsg(((object)1, probe.Ref));
        ExpectMsg(((object)2, TestActor));
        ExpectMsg(((object)3, TestActor));
    }

    [Fact]
    public void Unstash_puts_the_oldest_back()
    {
        var gate = New();
        gate.Tell(1);
        gate.Tell(2);
        gate.Tell("open one");
        gate.Tell(3);
        ExpectMsg(((object)1, TestActor));
        ExpectMsg(((object)3, TestActor));
    }

    [Fact]
    public void The_stash_comes_back_to_the_mailbox_at_a_restart()
    {
        var gate = New();
        gate.Tell(1);
        gate.Tell(2);
        gate.Tell("fail");
        gate.Tell("open");
        ExpectMsg(((object)1, TestActor));
        ExpectMsg(((object)2, TestActor));
    }

    [Fact]
    public void A_message_can_be_stashed_once()
    {
        New().Tell("twice");
        ExpectMsg<IllegalActorStateException>().Message.ShouldContain("more than once");
    }

    [Fact]
    public void A_value_can_be_stashed_again_and_again_when_it_comes_again_and_again()
    {
        var gate = New();
        for (var i = 0; i < 3; i++) gate.Tell(7);
        gate.Tell("count");
        ExpectMsg(3);
    }

    [Fact]
    public void Stashed_messages_of_a_stopped_actor_are_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        var gate = New();
        gate.Tell(1);
        Sys.Stop(gate);
        ExpectMsg<Akka.Event.DeadLetter>().Message.ShouldBe(1);
    }
}
