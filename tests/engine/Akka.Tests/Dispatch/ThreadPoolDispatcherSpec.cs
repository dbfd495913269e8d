using Akka.Actor;

namespace Akka.Tests.Dispatch;

public sealed class ThreadPoolDispatcherSpec : TestKit.Xunit2.TestKit
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private sealed class Setting : ReceiveActor
    {
        public Setting(IActorRef other) => ReceiveAny(m =>
        {
            Ambient.Value = "mine";
            other.Forward(m);
        });
    }

    private sealed class Reading : ReceiveActor
    {
        public Reading() => ReceiveAny(_ => Sender.Tell(Ambient.Value ?? "nothing"));
    }

    [Fact]
    public void What_an_actor_puts_into_its_execution_context_is_not_seen_by_the_next_on_the_same_thread()
    {
        var reading = Sys.ActorOf(Props.Create(() => new Reading()));
        var setting = Sys.ActorOf(Props.Create(() => new Setting(reading)));
        for (var i = 0; i < 100; i++)
        {
            setting.Tell(i);
            ExpectMsg("nothing");
        }
    }

    private sealed class Spreading : ReceiveActor
    {
        public Spreading(IReadOnlyList<IActorRef> others) => ReceiveAny(m =>
        {
            foreach (var other in others) other.Forward(m);
        });
    }

    [Fact]
    public void Actors_that_are_woken_at_once_all_run()
    {
        var others = Enumerable.Range(0, 50).Select(_ => Sys.ActorOf(Props.Create(() => new Reading()))).ToList();
        Sys.ActorOf(Props.Create(() => new Spreading(others))).Tell("x");
        ReceiveN(50).Count.ShouldBe(50);
    }
}
