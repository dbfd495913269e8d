using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Tests;

/// <summary>Snapshots, partial recovery, failures of recovery.</summary>
public class RecoverySpec() : TestKit.Xunit2.TestKit(PersistentActorSpec.Settings)
{
    private IActorRef Journal => Persistence.Instance.Apply(Sys).JournalFor(null);

    private IActorRef Start(string id, Recovery? recovery = null) => Sys.ActorOf(Props.Create(() => new Scripted(id, TestActor, Command, Recover, recovery)));

    private static void Command(Scripted actor, object command)
    {
        switch (command)
        {
            case "snapshot":
                actor.SaveSnapshot(string.Join("", actor.Recovered));
                break;
            case "state":
                actor.Answer($"{string.Join("", actor.Recovered)} {actor.LastSequenceNr}");
                break;
            case SnapshotSelectionCriteria criteria:
                actor.DeleteSnapshots(criteria);
                break;
            case ISnapshotResponse response:
                actor.Tell(response);
                break;
            default:
                actor.Persist((string)command, e =>
                {
                    actor.Recovered.Add(e);
                    actor.Answer(e);
                });
                break;
        }
    }

    private static void Recover(Scripted actor, object message)
    {
        if (message is SnapshotOffer offer) actor.Recovered.Add($"[{offer.Snapshot}]");
        else if (message is not RecoveryCompleted) actor.Recovered.Add(message);
    }

    private void Build()
    {
        var actor = Start("p");
        foreach (var c in (string[])["a", "b", "snapshot", "c", "d", "snapshot", "e"])
        {
            actor.Tell(c);
            if (c == "snapshot") ExpectMsg<SaveSnapshotSuccess>();
            else ExpectMsg(c);
        }
        Stop(actor);
    }

    private void Stop(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }

    private string StateOf(Recovery? recovery = null)
    {
        var actor = Start("p", recovery);
        actor.Tell("state");
        var state = ExpectMsg<string>();
        Stop(actor);
        return state;
    }

    [Fact]
    public void Recovery_must_begin_with_the_newest_snapshot()
    {
        Build();
        StateOf().ShouldBe("[abcd]e 5");
    }

    [Fact]
    public void Recovery_must_keep_to_what_was_asked_for()
    {
        Build();
        StateOf(new Recovery(SnapshotSelectionCriteria.None)).ShouldBe("abcde 5");
        StateOf(new Recovery(new SnapshotSelectionCriteria(3))).ShouldBe("[ab]cde 5");
        StateOf(new Recovery(SnapshotSelectionCriteria.Latest, 3)).ShouldBe("[ab]c 5");
        StateOf(new Recovery(SnapshotSelectionCriteria.None, long.MaxValue, 2)).ShouldBe("ab 5");
        StateOf(Recovery.None).ShouldBe(" 5");
    }

    [Fact]
    public void Deleted_snapshots_must_not_be_offered()
    {
        Build();
        var actor = Start("p");
        actor.Tell(new SnapshotSelectionCriteria(2));
        ExpectMsg<DeleteSnapshotsSuccess>();
        actor.Tell(SnapshotSelectionCriteria.Latest);
        ExpectMsg<DeleteSnapshotsSuccess>();
        Stop(actor);
        StateOf().ShouldBe("abcde 5");
    }

    [Fact]
    public void A_replay_that_fails_must_stop_the_actor()
    {
        Build();
        Journal.Tell(new ControlledJournal.FailReplay());
        var actor = Watch(Start("p"));
        ExpectMsg("recovery failure: unreadable");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_plugin_that_is_not_configured_must_be_an_error()
    {
        var extension = Persistence.Instance.Apply(Sys);
        Should.Throw<ConfigurationException>(() => extension.JournalFor("no.such")).Message.ShouldContain("no.such");
        extension.SnapshotStoreFor("akka.persistence.no-snapshot-store").Tell(new SaveSnapshot(new SnapshotMetadata("p", 1), "x"));
        ExpectMsg<SaveSnapshotFailure>(f => f.Cause.Message.Contains("No snapshot store"));
    }
}
