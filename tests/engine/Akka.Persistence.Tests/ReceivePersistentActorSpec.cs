using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence.Tests;

/// <summary>Handlers of commands and of events.</summary>
public class ReceivePersistentActorSpec() : TestKit.Xunit2.TestKit(PersistentActorSpec.Settings)
{
    private sealed class Counter : ReceivePersistentActor
    {
        private int _count;

        public Counter()
        {
            Recover<int>(n => n > 100, _ => _count = -1);
            Recover<int>(n => _count += n);
            Command<int>(n => Persist(n, e =>
            {
                _count += e;
                Sender.Tell(_count);
            }));
            Command<string>(s => s == "get", _ => Sender.Tell(_count));
            Command<string>(s => s == "shut", _ => Become(Shut));
        }

        public override string PersistenceId => "counter";

        private void Shut()
        {
            Command<string>(s => s == "open", _ => Context.UnbecomeStacked());
            Command<string>(s => s == "over", _ => BecomeStacked(() => CommandAny(m => Sender.Tell($"over {m}"))));
            CommandAny(m => Sender.Tell($"shut {m}"));
        }
    }

    [Fact]
    public void Handlers_must_be_tried_in_order()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Counter()));
        actor.Tell(1);
        ExpectMsg(1);
        actor.Tell(2);
        ExpectMsg(3);
        Watch(actor).Tell(PoisonPill.Instance);
        ExpectTerminated(actor);
        actor = Sys.ActorOf(Props.Create(() => new Counter()));
        actor.Tell("get");
        ExpectMsg(3);
        actor.Tell("shut");
        actor.Tell(7);
        ExpectMsg("shut 7");
        actor.Tell("over");
        actor.Tell(8);
        ExpectMsg("over 8");
    }

    [Fact]
    public void What_no_handler_takes_must_be_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        Sys.ActorOf(Props.Create(() => new Counter())).Tell('c');
        ExpectMsg<UnhandledMessage>(u => u.Message is 'c');
    }
}
