using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Persistence.Tests.Contracts;

/// <summary>What every journal must do, whatever it writes to.</summary>
public abstract class JournalContract : TestKit.Xunit2.TestKit
{
    private readonly TestProbe _sender;

    protected JournalContract(Config config) : base(config) => _sender = CreateTestProbe();

    /// <summary>An event that the journal under test can store.</summary>
    protected abstract object EventOf(string text);

    protected IActorRef Journal => Persistence.Instance.Apply(Sys).JournalFor(null);

    private AtomicWrite Group(string id, long from, params string[] texts) => new((IImmutableList<IPersistentRepresentation>)ImmutableArray.CreateRange(
        texts.Select((t, i) => (IPersistentRepresentation)new Persistent(EventOf(t), from + i, id, sender: _sender.Ref, writerGuid: "w", timestamp: 1234))));

    private void Write(string id, long from, params string[] texts)
    {
        Journal.Tell(new WriteMessages([.. texts.Select((t, i) => Group(id, from + i, t))], TestActor, 1));
        ExpectMsg<WriteMessagesSuccessful>();
        for (var i = 0; i < texts.Length; i++) ExpectMsg<WriteMessageSuccess>(s => s.Persistent.SequenceNr == from + i && s.ActorInstanceId == 1);
    }

    private List<(long Nr, object Event)> Replay(string id, long from = 1, long to = long.MaxValue, long max = long.MaxValue, long? highest = null)
    {
        Journal.Tell(new ReplayMessages(from, to, max, id, TestActor));
        var events = ReceiveWhile<ReplayedMessage>(m => m as ReplayedMessage).Select(r => r.Persistent).ToList();
        events.ShouldAllBe(p => p.PersistenceId == id && p.Sender == null);
        var end = ExpectMsg<RecoverySuccess>();
        if (highest is { } expected) end.HighestSequenceNr.ShouldBe(expected);
        return [.. events.Select(p => (p.SequenceNr, p.Payload))];
    }

    private List<(long, object)> Events(long from, params string[] texts) => [.. texts.Select((t, i) => (from + i, EventOf(t)))];

    [Fact]
    public void A_journal_must_replay_all_events_in_order()
    {
        Write("p-1", 1, "a", "b", "c");
        Replay("p-1", highest: 3).ShouldBe(Events(1, "a", "b", "c"));
    }

    [Fact]
    public void A_journal_must_replay_within_the_numbers_asked_for()
    {
        Write("p-1", 1, "a", "b", "c", "d", "e");
        Replay("p-1", from: 3).ShouldBe(Events(3, "c", "d", "e"));
        Replay("p-1", to: 3, highest: 5).ShouldBe(Events(1, "a", "b", "c"));
        Replay("p-1", max: 2, highest: 5).ShouldBe(Events(1, "a", "b"));
        Replay("p-1", from: 2, to: 4).ShouldBe(Events(2, "b", "c", "d"));
        Replay("p-1", from: 2, to: 5, max: 1).ShouldBe(Events(2, "b"));
        Replay("p-1", from: 2, to: 2).ShouldBe(Events(2, "b"));
        Replay("p-1", from: 3, to: 2).ShouldBeEmpty();
        Replay("p-1", from: 6, highest: 5).ShouldBeEmpty();
        Replay("p-1", max: 0).ShouldBeEmpty();
    }

    [Fact]
    public void A_journal_must_keep_the_events_of_different_ids_apart()
    {
        Write("p-1", 1, "a");
        Write("p-2", 1, "b", "c");
        Write("p-1", 2, "d");
        Replay("p-1").ShouldBe(Events(1, "a", "d"));
        Replay("p-2").ShouldBe(Events(1, "b", "c"));
        Replay("p-3", highest: 0).ShouldBeEmpty();
    }

    [Fact]
    public void A_journal_must_answer_each_event_of_a_group_and_each_message_in_between()
    {
        Journal.Tell(new WriteMessages([Group("p-1", 1, "a", "b"), Group("p-1", 3, "c")], TestActor, 5));
        ExpectMsg<WriteMessagesSuccessful>();
        for (var i = 1; i <= 3; i++) ExpectMsgFrom<WriteMessageSuccess>(_sender.Ref, s => s.Persistent.SequenceNr == i && s.ActorInstanceId == 5);
        Replay("p-1", highest: 3).ShouldBe(Events(1, "a", "b", "c"));
    }

    [Fact]
    public void A_journal_must_keep_the_order_of_the_writes_of_many_ids_at_once()
    {
        const int ids = 20;
        const int writes = 25;
        for (var n = 1; n <= writes; n++)
        {
            for (var id = 0; id < ids; id++) Journal.Tell(new WriteMessages([Group($"p-{id}", n, $"{id}/{n}")], TestActor, id));
        }
        var answers = ReceiveN(ids * writes * 2, TimeSpan.FromSeconds(30));
        foreach (var group in answers.OfType<WriteMessageSuccess>().GroupBy(s => s.ActorInstanceId))
        {
            group.Select(s => s.Persistent.SequenceNr).ShouldBe(Enumerable.Range(1, writes).Select(i => (long)i));
        }
        for (var id = 0; id < ids; id++) Replay($"p-{id}", highest: writes).Count.ShouldBe(writes);
    }

    [Fact]
    public void A_journal_must_delete_events_up_to_a_number_and_keep_the_highest_number()
    {
        Write("p-1", 1, "a", "b", "c");
        Write("p-2", 1, "x");
        Journal.Tell(new DeleteMessagesTo("p-1", 2, TestActor));
        ExpectMsg<DeleteMessagesSuccess>(d => d.ToSequenceNr == 2);
        Replay("p-1", highest: 3).ShouldBe(Events(3, "c"));
        Journal.Tell(new DeleteMessagesTo("p-1", long.MaxValue, TestActor));
        ExpectMsg<DeleteMessagesSuccess>();
        Replay("p-1", highest: 3).ShouldBeEmpty();
        Replay("p-2").ShouldBe(Events(1, "x"));
        Write("p-1", 4, "d");
        Replay("p-1", highest: 4).ShouldBe(Events(4, "d"));
    }

    [Fact]
    public void A_journal_must_keep_large_events()
    {
        var large = new string('x', 3 << 20);
        Write("p-1", 1, large, "b");
        Replay("p-1").ShouldBe(Events(1, large, "b"));
    }
}
