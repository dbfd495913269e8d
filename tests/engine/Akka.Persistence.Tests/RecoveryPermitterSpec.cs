using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Tests;

/// <summary>Only so many actors recover at a time.</summary>
public class RecoveryPermitterSpec() : TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString("akka.persistence.max-concurrent-recoveries = 2")
    .WithFallback(PersistentActorSpec.Settings))
{
    private IActorRef Journal => Persistence.Instance.Apply(Sys).JournalFor(null);

    private IActorRef Start(int number)
    {
        Action<Scripted, object> nothing = static (_, _) => { };
        Action<Scripted, object> tell = (a, message) =>
        {
            if (message is RecoveryCompleted) a.Tell(number);
        };
        return Sys.ActorOf(Props.Create(() => new Scripted($"p{number}", TestActor, nothing, tell, null)));
    }

    private void ExpectRecoveries(int count) => AwaitAssert(() =>
    {
        Journal.Tell(new ControlledJournal.HowManyRecoveries());
        ExpectMsg(count);
    });

    [Fact]
    public void The_others_must_wait_until_one_has_recovered()
    {
        Journal.Tell(new ControlledJournal.HoldRecoveries());
        for (var i = 0; i < 5; i++) Start(i);
        ExpectRecoveries(2);
        ExpectNoMsg(50);
        Journal.Tell(new ControlledJournal.ReleaseRecoveries());
        ExpectMsgAllOf(0, 1, 2, 3, 4);
    }

    [Fact]
    public void An_actor_that_stops_while_it_recovers_must_make_room()
    {
        Journal.Tell(new ControlledJournal.HoldRecoveries());
        var first = Start(0);
        Start(1);
        ExpectRecoveries(2);
        Start(2);
        Sys.Stop(first);
        ExpectRecoveries(3);
        Journal.Tell(new ControlledJournal.ReleaseRecoveries());
        ExpectMsgAllOf(1, 2);
    }

    [Fact]
    public void An_actor_that_stops_while_it_waits_must_not_be_waited_for()
    {
        Journal.Tell(new ControlledJournal.HoldRecoveries());
        Start(0);
        Start(1);
        ExpectRecoveries(2);
        var waiting = Watch(Start(2));
        Start(3);
        Sys.Stop(waiting);
        ExpectTerminated(waiting);
        Journal.Tell(new ControlledJournal.ReleaseRecoveries());
        ExpectMsgAllOf(0, 1, 3);
    }
}
