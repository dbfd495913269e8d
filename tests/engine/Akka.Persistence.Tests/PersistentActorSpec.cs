using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Persistence.Tests;

/// <summary>Commands, events and their handlers.</summary>
public class PersistentActorSpec() : TestKit.Xunit2.TestKit(Settings)
{
    internal static readonly Config Settings = ConfigurationFactory.ParseString("""
        akka.persistence {
          journal.plugin = "akka.persistence.journal.controlled"
          journal.controlled.class = "Akka.Persistence.Tests.ControlledJournal, Akka.Persistence.Tests"
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        """);

    private IActorRef Journal => Persistence.Instance.Apply(Sys).JournalFor(null);

    private IActorRef Start(Action<Scripted, object> onCommand, string id = "p", Action<Scripted, object>? onRecover = null) =>
        Sys.ActorOf(Props.Create(() => new Scripted(id, TestActor, onCommand, onRecover, null)));

    private void Stop(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Persist_must_call_the_handler_after_the_event_is_written_with_the_sender_of_the_command()
    {
        var probe = CreateTestProbe();
        var actor = Start((a, command) => a.Persist((string)command, e => a.Answer($"{e} {a.LastSequenceNr}")));
        actor.Tell("a", probe);
        actor.Tell("b", probe);
        probe.ExpectMsg("a 1");
        probe.ExpectMsg("b 2");
    }

    [Fact]
    public void A_restarted_persistent_actor_must_recover_its_events()
    {
        var actor = Start((a, command) => a.Persist((string)command, e => a.Answer(e)));
        actor.Tell("a");
        actor.Tell("b");
        ReceiveN(2);
        Stop(actor);
        Start((a, command) => a.Answer(string.Join(",", a.Recovered)), onRecover: (a, e) => a.Recovered.Add(e)).Tell("?");
        ExpectMsg("a,b,RecoveryCompleted");
    }

    [Fact]
    public void Commands_must_wait_while_an_event_is_being_written()
    {
        var actor = Start((a, command) =>
        {
            a.Answer($"command {command}");
            if (command is "a") a.Persist("e", e => a.Answer($"event {e}"));
        });
        Journal.Tell(new ControlledJournal.Hold());
        actor.Tell("a");
        actor.Tell("b");
        ExpectMsg("command a");
        ExpectNoMsg(50);
        Journal.Tell(new ControlledJournal.Release());
        ExpectMsg("event e");
        ExpectMsg("command b");
    }

    [Fact]
    public void Persist_in_a_handler_must_come_before_the_waiting_commands()
    {
        var actor = Start((a, command) =>
        {
            if (command is "a") a.Persist("1", _ =>
            {
                a.Answer("outer");
                a.Persist("2", _ => a.Answer("inner"));
            });
            else a.Answer(command);
        });
        actor.Tell("a");
        actor.Tell("b");
        ExpectMsg("outer");
        ExpectMsg("inner");
        ExpectMsg("b");
    }

    [Fact]
    public void PersistAll_must_write_all_events_at_once_and_call_the_handler_for_each()
    {
        var actor = Start((a, command) => a.PersistAll(((string)command).Split(' '), e => a.Answer($"{e}{a.LastSequenceNr}")));
        actor.Tell("a b c");
        ExpectMsg("a1");
        ExpectMsg("b2");
        ExpectMsg("c3");
        Journal.Tell(new ControlledJournal.HowManyWrites());
        ExpectMsg(1);
    }

    [Fact]
    public void PersistAsync_must_let_commands_through_and_keep_the_order_of_handlers()
    {
        var actor = Start((a, command) =>
        {
            a.Answer($"command {command}");
            a.PersistAsync((string)command, e => a.Answer($"event {e}"));
        });
        Journal.Tell(new ControlledJournal.Hold());
        foreach (var c in (string[])["a", "b", "c"]) actor.Tell(c);
        ReceiveN(3).ShouldBe(["command a", "command b", "command c"]);
        ExpectNoMsg(50);
        Journal.Tell(new ControlledJournal.Release());
        ReceiveN(3).ShouldBe(["event a", "event b", "event c"]);
    }

    [Fact]
    public void What_is_persisted_while_a_write_is_under_way_must_go_into_the_next_write_together()
    {
        var actor = Start((a, command) => a.PersistAsync((string)command, e => a.Answer(e)));
        Journal.Tell(new ControlledJournal.Hold());
        for (var i = 0; i < 100; i++) actor.Tell($"e{i}");
        AwaitAssert(() =>
        {
            actor.Tell(new Identify(1));
            ExpectMsg<ActorIdentity>();
        });
        Journal.Tell(new ControlledJournal.Release());
        ReceiveN(100).ShouldBe(Enumerable.Range(0, 100).Select(i => (object)$"e{i}"));
        Journal.Tell(new ControlledJournal.HowManyWrites());
        ExpectMsg<int>(n => n <= 3);
    }

    [Fact]
    public void PersistAllAsync_must_call_the_handler_for_each_event()
    {
        var actor = Start((a, command) => a.PersistAllAsync(((string)command).Split(' '), e => a.Answer(e)));
        actor.Tell("a b");
        actor.Tell("c");
        ReceiveN(3).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void DeferAsync_must_call_its_handler_after_the_handlers_before_it()
    {
        var actor = Start((a, command) =>
        {
            a.PersistAsync($"{command}1", e => a.Answer(e));
            a.DeferAsync($"{command}2", e => a.Answer(e));
            a.PersistAsync($"{command}3", e => a.Answer(e));
            a.DeferAsync($"{command}4", e => a.Answer(e));
        });
        actor.Tell("a");
        actor.Tell("b");
        ReceiveN(8).ShouldBe(["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"]);
        Stop(actor);
        Start((a, _) => a.Answer(a.Recovered.Count), onRecover: (a, e) => a.Recovered.Add(e)).Tell("?");
        ExpectMsg(5);
    }

    [Fact]
    public void DeferAsync_without_anything_before_it_must_call_its_handler_at_once()
    {
        Start((a, command) =>
        {
            a.DeferAsync(command, e => a.Answer($"deferred {e}"));
            a.Answer("after");
        }).Tell("a");
        ExpectMsg("deferred a");
        ExpectMsg("after");
    }

    [Fact]
    public void A_failed_write_must_stop_the_actor_after_OnPersistFailure()
    {
        var actor = Watch(Start((a, command) => a.Persist((string)command, e => a.Answer(e))));
        actor.Tell("fail");
        ExpectMsg("failure: disk on fire fail 1");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_rejected_event_must_not_stop_the_actor()
    {
        var actor = Start((a, command) => a.Persist((string)command, e => a.Answer(e)));
        actor.Tell("reject");
        ExpectMsg("rejected: not this one reject 1");
        actor.Tell("b");
        ExpectMsg("b");
    }

    [Fact]
    public void A_handler_that_throws_must_restart_the_actor_which_recovers_the_event()
    {
        var actor = Start((a, command) => a.Persist((string)command, e =>
        {
            if (e == "boom") throw new InvalidOperationException("boom");
            a.Answer(e);
        }), onRecover: (a, e) => a.Recovered.Add(e));
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell("boom"));
        actor.Tell("x");
        ExpectMsg("x");
        Stop(actor);
        Start((a, _) => a.Answer(string.Join(",", a.Recovered)), onRecover: (a, e) => a.Recovered.Add(e)).Tell("?");
        ExpectMsg("boom,x,RecoveryCompleted");
    }

    [Fact]
    public void A_command_that_throws_must_lose_no_waiting_command()
    {
        var actor = Start((a, command) =>
        {
            if (command is "boom") throw new InvalidOperationException("boom");
            a.Persist((string)command, e => a.Answer(e));
        });
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() =>
        {
            foreach (var c in (string[])["a", "boom", "b", "c"]) actor.Tell(c);
        });
        ReceiveN(3).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void Persisting_during_recovery_must_be_refused()
    {
        Stop(Seeded("a"));
        var actor = Watch(Start((_, _) => { }, onRecover: (a, e) =>
        {
            if (e is "a") a.Persist("b", _ => { });
        }));
        ExpectMsg("recovery failure: Cannot persist during replay. Events can be persisted when receiving RecoveryCompleted or later.");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Events_must_be_allowed_when_recovery_completes()
    {
        var actor = Start((a, command) => a.Answer($"command {command}"), onRecover: (a, e) =>
        {
            if (e is RecoveryCompleted) a.Persist("first", e => a.Tell($"event {e}"));
        });
        actor.Tell("a");
        ExpectMsg("event first");
        ExpectMsg("command a");
    }

    [Fact]
    public void Stashed_commands_must_come_back_in_order_before_the_others()
    {
        var locked = true;
        var actor = Start((a, command) =>
        {
            switch (command)
            {
                case "open":
                    a.Persist("opened", _ =>
                    {
                        locked = false;
                        a.Answer("opened");
                        a.Stash.UnstashAll();
                    });
                    break;
                case var _ when locked:
                    a.Stash.Stash();
                    break;
                default:
                    a.Answer(command);
                    break;
            }
        });
        foreach (var c in (string[])["a", "b", "open", "c"]) actor.Tell(c);
        ReceiveN(4).ShouldBe(["opened", "a", "b", "c"]);
    }

    [Fact]
    public void Timers_must_wait_like_commands_do()
    {
        var actor = Start((a, command) =>
        {
            a.Tell(command);
            if (command is not "start") return;
            a.Timers.StartSingleTimer("t", "tick", TimeSpan.Zero);
            a.Persist("e", a.Tell);
        });
        Journal.Tell(new ControlledJournal.Hold());
        actor.Tell("start");
        ExpectMsg("start");
        ExpectNoMsg(100);
        Journal.Tell(new ControlledJournal.Release());
        ExpectMsg("e");
        ExpectMsg("tick");
    }

    [Fact]
    public void Async_commands_must_persist_after_their_task()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AsyncActor()));
        foreach (var c in (string[])["a", "b"]) actor.Tell(c);
        ReceiveN(4).ShouldBe(["a ran", "a written", "b ran", "b written"]);
    }

    [Fact]
    public void A_persistent_actor_without_an_id_must_not_start() =>
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() => Start((_, _) => { }, id: ""));

    [Fact]
    public void Events_must_be_deleted_up_to_a_number_that_was_reached()
    {
        var actor = Seeded("a", "b", "c");
        actor.Tell(new Delete(2));
        ExpectMsg<DeleteMessagesSuccess>(d => d.ToSequenceNr == 2);
        actor.Tell(new Delete(7));
        ExpectMsg<DeleteMessagesFailure>(d => d.ToSequenceNr == 7);
        Stop(actor);
        var again = Start((a, command) =>
        {
            if (command is Delete delete) a.DeleteMessages(delete.To);
            else a.Tell(command is "?" ? $"{string.Join(",", a.Recovered)} {a.LastSequenceNr}" : command);
        }, onRecover: (a, e) => a.Recovered.Add(e));
        again.Tell("?");
        ExpectMsg("c,RecoveryCompleted 3");
        again.Tell(new Delete(long.MaxValue));
        ExpectMsg<DeleteMessagesSuccess>(d => d.ToSequenceNr == 3);
    }

    private sealed record Delete(long To);

    private IActorRef Seeded(params string[] events)
    {
        var actor = Start((a, command) =>
        {
            if (command is Delete delete) a.DeleteMessages(delete.To);
            else if (command is DeleteMessagesSuccess or DeleteMessagesFailure) a.Tell(command);
            else a.Persist((string)command, e => a.Answer(e));
        });
        foreach (var e in events) actor.Tell(e);
        ReceiveN(events.Length);
        return actor;
    }

    private sealed class AsyncActor : ReceivePersistentActor
    {
        public AsyncActor() => CommandAsync<string>(async command =>
        {
            await Task.Yield();
            Sender.Tell($"{command} ran");
            Persist(command, e => Sender.Tell($"{e} written"));
        });

        public override string PersistenceId => "async";
    }
}
