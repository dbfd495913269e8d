using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorAsyncSpec : TestKit.Xunit2.TestKit
{
    private sealed class Asynchronous : ReceiveActor
    {
        public Asynchronous(IActorRef report)
        {
            ReceiveAsync<string>(s => s == "wait", async _ =>
            {
                var (self, sender) = (Self, Sender);
                report.Tell("begin");
                await Task.Delay(20);
                report.Tell(Self.Equals(self) && Sender.Equals(sender) ? "same context" : "lost context");
                await Task.Yield();
                Sender.Tell("end");
            });
            ReceiveAsync<string>(s => s == "fail", async _ =>
            {
                await Task.Delay(5);
                throw new InvalidOperationException("later");
            });
            ReceiveAsync<string>(s => s == "fail now", _ => throw new InvalidOperationException("now"));
            ReceiveAsync<string>(s => s == "cancel", async _ => await Task.FromCanceled(new CancellationToken(true)));
            Receive<int>(n => report.Tell(n));
        }

        protected override void PreRestart(Exception reason, object message)
        {
            Sender.Tell($"{reason.GetType().Name} {message}");
            base.PreRestart(reason, message);
        }
    }

    private IActorRef New() => Sys.ActorOf(Props.Create(() => new Asynchronous(TestActor)));

    [Fact]
    public void No_message_is_handled_while_an_async_handler_runs()
    {
        var actor = New();
        actor.Tell("wait");
        actor.Tell(1);
        actor.Tell(2);
        ExpectMsg("begin");
        ExpectMsg("same context");
        ExpectMsg("end");
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("fail now")]
    [InlineData("cancel")]
    public void A_failure_of_an_async_handler_is_the_actors(string message)
    {
        var actor = New();
        actor.Tell(message);
        actor.Tell(1);
        // Who restarts lost nothing that waited.
        ExpectMsg(1);
    }

    private sealed class AskingActor : ReceiveActor
    {
        public AskingActor(IActorRef other) => ReceiveAsync<string>(async s =>
        {
            var answer = await other.Ask<string>(s, TimeSpan.FromSeconds(3));
            Sender.Tell("answered " + answer);
        });
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }

    [Fact]
    public void An_async_handler_can_ask_another_actor()
    {
        var echo = Sys.ActorOf(Props.Create(() => new Echo()));
        Sys.ActorOf(Props.Create(() => new AskingActor(echo))).Tell("x");
        ExpectMsg("answered x");
    }

    private sealed class Piping : ReceiveActor
    {
        public Piping()
        {
            Receive<string>(s => s == "value", _ => Task.Delay(5).ContinueWith(_ => 7).PipeTo(Sender, Self));
            Receive<string>(s => s == "mapped", _ => Task.FromResult(7).PipeTo(Sender, Self, success: v => $"seven is {v}"));
            Receive<string>(s => s == "failure", _ => Task.FromException<int>(new InvalidOperationException("no")).PipeTo(Sender, Self));
            Receive<string>(s => s == "mapped failure", _ => Task.FromException<int>(new InvalidOperationException("no")).PipeTo(Sender, Self, failure: e => "failed: " + e.Message));
            Receive<string>(s => s == "nothing", _ => Task.CompletedTask.PipeTo(Sender, Self, success: () => "done"));
        }
    }

    [Fact]
    public void PipeTo_sends_the_end_of_a_task()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Piping()));
        actor.Tell("value");
        ExpectMsg(7);
        LastSender.ShouldBe(actor);
        actor.Tell("mapped");
        ExpectMsg("seven is 7");
        actor.Tell("failure");
        ExpectMsg<Status.Failure>().Cause.ShouldBeOfType<InvalidOperationException>();
        actor.Tell("mapped failure");
        ExpectMsg("failed: no");
        actor.Tell("nothing");
        ExpectMsg("done");
    }
}
