namespace AkkaKube.Persistence.Tests;

/// <summary>Group commit: what waits shares a transaction, and a fault stays with who made it.</summary>
public sealed class JournalWriterSpec : IDisposable
{
    private readonly FakeTable _table = new();
    private readonly JournalWriter _writer;

    public JournalWriterSpec() => _writer = new JournalWriter(_table, groupEvents: 10, groupBytes: 1000);

    public void Dispose()
    {
        _table.Gate.Set();
        _writer.Dispose();
    }

    private static AppendRequest Append(string id, long from, int count = 1, int bytes = 1) => new(
        [.. Enumerable.Range(0, count).Select(i => new JournalEntry(id, from + i, "m", new byte[bytes], 0))], (long)count * bytes, null);

    private AppendRequest Post(AppendRequest request)
    {
        _writer.Append(request);
        return request;
    }

    /// <summary>Lets the writer into its first transaction and holds it there, so that the rest has to wait.</summary>
    private AppendRequest PostFirstAndHold()
    {
        _table.Gate.Reset();
        var first = Post(Append("first", 1));
        _table.Entered.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        return first;
    }

    [Fact]
    public async Task What_waits_shares_a_transaction_in_the_order_in_which_it_came()
    {
        var first = PostFirstAndHold();
        var waiting = Enumerable.Range(0, 5).Select(i => Post(Append($"p{i}", 1))).ToList();
        first.Done.IsCompleted.ShouldBeFalse();
        _table.Gate.Set();
        foreach (var request in waiting) (await request.Done).ShouldBeNull();
        _table.Groups.ShouldBe(["first/1", "p0/1 p1/1 p2/1 p3/1 p4/1"]);
    }

    [Fact]
    public async Task A_transaction_has_limits()
    {
        PostFirstAndHold();
        var byCount = Enumerable.Range(0, 3).Select(i => Post(Append($"c{i}", 1, count: 4))).ToList();
        var bySize = Enumerable.Range(0, 3).Select(i => Post(Append($"s{i}", 1, bytes: 600))).ToList();
        _table.Gate.Set();
        await Task.WhenAll(byCount.Concat(bySize).Select(r => r.Done));
        _table.Groups.Select(g => string.Join(" ", g.Split(' ').Select(e => e[..2]).Distinct())).ShouldBe(["fi", "c0 c1", "c2 s0", "s1", "s2"]);
    }

    [Fact]
    public async Task A_group_larger_than_the_limits_is_written_whole()
    {
        await Post(Append("big", 1, count: 50)).Done;
        _table.Groups.Single().Split(' ').Length.ShouldBe(50);
    }

    [Fact]
    public async Task A_fault_of_one_request_is_not_the_others()
    {
        PostFirstAndHold();
        var good = Post(Append("good", 1));
        var bad = Post(Append("bad", 1));
        var better = Post(Append("better", 1));
        _table.Gate.Set();
        await good.Done;
        await better.Done;
        (await Should.ThrowAsync<JournalException>(() => bad.Done)).Message.ShouldBe("bad");
        _table.Groups.ShouldBe(["first/1", "good/1", "better/1"]);
    }

    [Fact]
    public async Task A_lost_file_fails_all_at_once()
    {
        PostFirstAndHold();
        _table.Lost = true;
        var requests = Enumerable.Range(0, 3).Select(i => Post(Append($"p{i}", 1))).ToList();
        _table.Gate.Set();
        foreach (var request in requests) await Should.ThrowAsync<JournalLostException>(() => request.Done);
        _table.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task When_the_database_does_not_answer_what_waits_fails_with_it_and_what_comes_later_is_tried()
    {
        PostFirstAndHold();
        var good = Post(Append("p", 1));
        var question = _writer.HighestSequenceNr("q");
        _table.Unreachable = true;
        _table.Gate.Set();
        await Should.ThrowAsync<DatabaseUnreachableException>(() => good.Done);
        await Should.ThrowAsync<DatabaseUnreachableException>(() => question);
        _table.Attempts.ShouldBe(2);
        _table.Unreachable = false;
        await Post(Append("p", 1)).Done;
    }

    [Fact]
    public async Task A_question_is_answered_after_the_writes_before_it()
    {
        PostFirstAndHold();
        var before = Post(Append("p", 1, count: 3));
        var highest = _writer.HighestSequenceNr("p");
        var after = Post(Append("p", 4));
        _table.Gate.Set();
        (await highest).ShouldBe(3);
        before.Done.IsCompletedSuccessfully.ShouldBeTrue();
        await after.Done;
        (await _writer.HighestSequenceNr("p")).ShouldBe(4);
    }

    [Fact]
    public async Task A_long_deletion_lets_writes_through()
    {
        PostFirstAndHold();
        var deleted = _writer.DeleteTo("p", 3);
        var write = Post(Append("q", 1));
        _table.Gate.Set();
        await write.Done;
        await deleted;
        _table.Groups.ShouldBe(["first/1", "delete p", "q/1", "delete p", "delete p"]);
    }

    [Fact]
    public async Task What_waits_is_written_when_the_writer_closes_and_later_writes_fail()
    {
        PostFirstAndHold();
        var waiting = Post(Append("p", 1));
        _table.Gate.Set();
        _writer.Dispose();
        await waiting.Done;
        await Should.ThrowAsync<JournalException>(() => Post(Append("p", 2)).Done);
        await Should.ThrowAsync<JournalException>(() => _writer.LoadSnapshot("p", new SnapshotRange(0, 1, 0, 1)));
    }

    private sealed class FakeTable : IJournalTable
    {
        private readonly Dictionary<string, long> _highest = [];
        private int _deletions;

        public ManualResetEventSlim Gate { get; } = new(true);

        public ManualResetEventSlim Entered { get; } = new();

        public List<string> Groups { get; } = [];

        public bool Lost { get; set; }

        public bool Unreachable { get; set; }

        public int Attempts { get; private set; }

        public void Append(IReadOnlyList<JournalEntry> group)
        {
            Attempts++;
            Entered.Set();
            Gate.Wait();
            if (Lost && group[0].PersistenceId != "first") throw new JournalLostException("lost");
            if (Unreachable && group[0].PersistenceId != "first") throw new DatabaseUnreachableException("away");
            if (group.Any(e => e.PersistenceId == "bad")) throw new JournalException("bad");
            foreach (var e in group) _highest[e.PersistenceId] = e.SequenceNr;
            Groups.Add(string.Join(" ", group.Select(e => $"{e.PersistenceId}/{e.SequenceNr}")));
        }

        public long HighestSequenceNr(string persistenceId, Fence? fence) => _highest.GetValueOrDefault(persistenceId);

        public bool DeleteSome(string persistenceId, long toSequenceNr, int most, Fence? fence)
        {
            Groups.Add($"delete {persistenceId}");
            return ++_deletions == 3;
        }

        public void SaveSnapshot(string persistenceId, SnapshotRow snapshot, Fence? fence) => Groups.Add("snapshot");

        public void DeleteSnapshots(string persistenceId, SnapshotRange range, Fence? fence) => Groups.Add("delete snapshots");

        public void Read(string persistenceId, long fromSequenceNr, long toSequenceNr, long most, Action<JournalRow> row)
        {
        }

        public SnapshotRow? LoadSnapshot(string persistenceId, SnapshotRange range) => null;

        public void Dispose()
        {
        }
    }
}
