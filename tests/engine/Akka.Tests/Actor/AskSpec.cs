using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class AskSpec : TestKit.Xunit2.TestKit
{
    private sealed class Answering : ReceiveActor
    {
        public Answering()
        {
            Receive<string>(s => s == "answer", s => Sender.Tell("the answer"));
            Receive<string>(s => s == "fail", s => Sender.Tell(new Status.Failure(new InvalidOperationException("refused"))));
            Receive<string>(s => s == "twice", s =>
            {
                Sender.Tell(1);
                Sender.Tell(2);
            });
            Receive<string>(_ => { });
            Receive<IActorRef>(r => r.Tell("to who stands in the message"));
        }
    }

    private IActorRef New() => Sys.ActorOf(Props.Create(() => new Answering()));

    [Fact]
    public async Task Ask_ends_with_the_answer() => (await New().Ask<string>("answer", TimeSpan.FromSeconds(3))).ShouldBe("the answer");

    [Fact]
    public async Task Ask_throws_the_cause_of_a_failure() =>
        (await Should.ThrowAsync<InvalidOperationException>(New().Ask<string>("fail", TimeSpan.FromSeconds(3)))).Message.ShouldBe("refused");

    [Fact]
    public async Task Ask_throws_when_nobody_answers_in_time() =>
        await Should.ThrowAsync<AskTimeoutException>(New().Ask<string>("nothing", TimeSpan.FromMilliseconds(30)));

    [Fact]
    public async Task Ask_throws_when_the_answer_is_of_another_type() =>
        await Should.ThrowAsync<ArgumentException>(New().Ask<int>("answer", TimeSpan.FromSeconds(3)));

    [Fact]
    public async Task Ask_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var task = New().Ask<string>("nothing", cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(task);
    }

    [Fact]
    public async Task Ask_can_put_the_address_of_the_answer_into_the_message() =>
        (await New().Ask<string>(self => self, TimeSpan.FromSeconds(3), CancellationToken.None)).ShouldBe("to who stands in the message");

    [Fact]
    public async Task The_first_message_is_the_answer_and_the_second_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        (await New().Ask<int>("twice", TimeSpan.FromSeconds(3))).ShouldBe(1);
        ExpectMsg<Akka.Event.DeadLetter>().Message.ShouldBe(2);
    }

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        var actor = New();
        (await Sys.ActorSelection(actor.Path).Ask<string>("answer", TimeSpan.FromSeconds(3))).ShouldBe("the answer");
    }

    [Fact]
    public async Task Many_answers_come_at_once()
    {
        var actor = New();
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => actor.Ask<string>("answer", TimeSpan.FromSeconds(10))));
        answers.ShouldAllBe(static a => a == "the answer");
    }
}
