using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class ReceiveActorSpec : TestKit.Xunit2.TestKit
{
    private sealed class Handlers : ReceiveActor
    {
        public Handlers()
        {
            Receive<string>(s => s.StartsWith('a'), s => Sender.Tell("a: " + s));
            Receive<string>(s => Sender.Tell("b: " + s), s => s.StartsWith('b'));
            Receive<string>(s =>
            {
                if (!s.StartsWith('c')) return false;
                Sender.Tell("c: " + s);
                return true;
            });
            Receive(typeof(string), s => Sender.Tell("any string: " + s));
            Receive<IReadOnlyList<int>>(l => Sender.Tell(l.Count));
            Receive<int>(i => Sender.Tell(i + 1));
            ReceiveAny(o => Sender.Tell("object: " + o.GetType().Name));
        }
    }

    [Theory]
    [InlineData("apple", "a: apple")]
    [InlineData("berry", "b: berry")]
    [InlineData("cherry", "c: cherry")]
    [InlineData("date", "any string: date")]
    [InlineData(41, 42)]
    [InlineData(2.0, "object: Double")]
    public void Handlers_are_tried_in_the_order_of_their_declaration(object message, object answer)
    {
        Sys.ActorOf(Props.Create(() => new Handlers())).Tell(message);
        ExpectMsg(answer);
    }

    [Fact]
    public void A_handler_takes_derived_types_and_interfaces()
    {
        Sys.ActorOf(Props.Create(() => new Handlers())).Tell(new List<int> { 1, 2, 3 });
        ExpectMsg(3);
    }

    private sealed class Narrow : ReceiveActor
    {
        public Narrow() => Receive<string>(s => Sender.Tell(s));
    }

    [Fact]
    public void What_no_handler_takes_is_an_UnhandledMessage()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new Narrow()));
        actor.Tell(7);
        var unhandled = ExpectMsg<UnhandledMessage>();
        unhandled.Message.ShouldBe(7);
        unhandled.Recipient.ShouldBe(actor);
        unhandled.Sender.ShouldBe(TestActor);
    }

    private sealed class Changing : ReceiveActor
    {
        public Changing()
        {
            Receive<string>(s => s == "become", _ => Become(Second));
            Receive<string>(s => s == "stack", _ => BecomeStacked(Second));
            Receive<string>(s => Sender.Tell("first " + s));
        }

        private void Second()
        {
            Receive<string>(s => s == "stack", _ => BecomeStacked(Third));
            Receive<string>(s => s == "back", _ => UnbecomeStacked());
            Receive<string>(s => Sender.Tell("second " + s));
        }

        private void Third()
        {
            Receive<string>(s => s == "back", _ => UnbecomeStacked());
            Receive<string>(s => Sender.Tell("third " + s));
        }
    }

    [Fact]
    public void Become_replaces_and_BecomeStacked_can_be_taken_back()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Changing()));
        foreach (var (message, answer) in new[]
                 {
                     ("x", "first x"), ("stack", ""), ("x", "second x"), ("stack", ""), ("x", "third x"),
                     ("back", ""), ("x", "second x"), ("back", ""), ("x", "first x"), ("become", ""), ("x", "second x"),
                 })
        {
            actor.Tell(message);
            if (answer.Length > 0) ExpectMsg(answer);
        }
    }

    private sealed class TooLate : ReceiveActor
    {
        public TooLate() => Receive<string>(_ =>
        {
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException cause)
            {
                Sender.Tell(cause);
            }
        });
    }

    [Fact]
    public void Handlers_can_be_declared_in_the_constructor_and_in_Become_alone()
    {
        Sys.ActorOf(Props.Create(() => new TooLate())).Tell("now");
        ExpectMsg<InvalidOperationException>().Message.ShouldContain("You may only call Receive-methods when constructing the actor and inside Become()");
    }

    private sealed class AfterAny : ReceiveActor
    {
        public AfterAny(IActorRef report)
        {
            ReceiveAny(_ => { });
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException cause)
            {
                report.Tell(cause);
            }
        }
    }

    [Fact]
    public void No_handler_can_follow_one_that_takes_all()
    {
        Sys.ActorOf(Props.Create(() => new AfterAny(TestActor)));
        ExpectMsg<InvalidOperationException>();
    }

    private sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "become":
                    Become(m => Sender.Tell("became " + m));
                    break;
                case string text:
                    Sender.Tell("untyped " + text);
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
    }

    [Fact]
    public void UntypedActor_can_become_another_function()
    {
        var actor = Sys.ActorOf(Props.Create<Untyped>());
        actor.Tell("x");
        ExpectMsg("untyped x");
        actor.Tell("become");
        actor.Tell("x");
        ExpectMsg("became x");
    }
}
