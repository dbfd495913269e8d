using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class DeadLettersSpec : TestKit.Xunit2.TestKit
{
    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }

    private sealed record Unimportant : IDeadLetterSuppression;

    private IActorRef Stopped()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Echo()));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        return actor;
    }

    [Fact]
    public void A_message_to_a_stopped_actor_is_a_dead_letter_with_sender_and_recipient()
    {
        var actor = Stopped();
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        actor.Tell("late");
        var letter = ExpectMsg<DeadLetter>();
        letter.Message.ShouldBe("late");
        letter.Sender.ShouldBe(TestActor);
        letter.Recipient.ShouldBe(actor);
    }

    [Fact]
    public void An_unimportant_message_is_a_suppressed_dead_letter()
    {
        var actor = Stopped();
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));
        actor.Tell(new Unimportant());
        ExpectMsg<SuppressedDeadLetter>().Message.ShouldBeOfType<Unimportant>();
    }

    [Fact]
    public void The_sender_of_a_message_without_one_is_the_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.ActorOf(Props.Create(() => new Echo())).Tell("nobody", ActorRefs.NoSender);
        ExpectMsg<DeadLetter>().Message.ShouldBe("nobody");
        Sys.DeadLetters.Tell("direct");
        ExpectMsg<DeadLetter>().Message.ShouldBe("direct");
    }

    [Fact]
    public void Nobody_takes_messages_in_silence()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));
        ActorRefs.Nobody.Tell("x");
        Sys.IgnoreRef.Tell("x");
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        ActorRefs.Nobody.IsNobody().ShouldBeTrue();
        ActorRefs.NoSender.IsNobody().ShouldBeTrue();
    }

    [Fact]
    public void Null_is_no_message() => Should.Throw<InvalidMessageException>(() => TestActor.Tell(null!, ActorRefs.NoSender));

    [Fact]
    public void Dead_letters_are_written_to_the_log()
    {
        var actor = Stopped();
        EventFilter.Info(contains: "was not delivered").ExpectOne(() => actor.Tell("late", ActorRefs.NoSender));
    }
}
