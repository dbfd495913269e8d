using AkkaKube.Tests;

namespace AkkaKube.Persistence.Tests;

/// <summary>An old owner's writes fail, always, on either database.</summary>
public abstract class FencingContract : DatabaseSpec
{
    private const string Lease = "shard/etcd/pods";
    private const string Id = "etcd/pods";

    [Fact]
    public void Who_holds_the_lease_writes()
    {
        var (members, table) = (Members(), Journal());
        Up(members, 1);
        var fence = Take(members, Lease, 1);
        table.HighestSequenceNr(Id, fence).ShouldBe(0);
        table.Append([Entry(Id, 1, fence)]);
        table.SaveSnapshot(Id, new SnapshotRow(1, 1, "s", new byte[1]), fence);
        table.DeleteSome(Id, 1, 10, fence).ShouldBeTrue();
        table.DeleteSnapshots(Id, new SnapshotRange(0, 0, 0, 0), fence);
        table.HighestSequenceNr(Id, fence).ShouldBe(1);
    }

    [Fact]
    public void After_a_take_nothing_of_the_earlier_owner_is_written()
    {
        var (members, old, young) = (Members(), Journal(), Journal());
        Up(members, 1);
        Up(members, 2);
        var before = Take(members, Lease, 1);
        old.Append([Entry(Id, 1, before), Entry(Id, 2, before)]);
        var after = Take(members, Lease, 2);
        Should.Throw<FencedException>(() => old.Append([Entry(Id, 3, before)])).Message.ShouldContain("its epoch is 2");
        Should.Throw<FencedException>(() => old.SaveSnapshot(Id, new SnapshotRow(2, 1, "s", new byte[1]), before));
        Should.Throw<FencedException>(() => old.DeleteSome(Id, 1, 10, before));
        Should.Throw<FencedException>(() => old.DeleteSnapshots(Id, new SnapshotRange(0, 10, 0, 10), before));
        Should.Throw<FencedException>(() => old.HighestSequenceNr(Id, before));
        young.HighestSequenceNr(Id, after).ShouldBe(2);
        young.Append([Entry(Id, 3, after, "new")]);
        Read(old, Id).ShouldBe(["1:x", "2:x", "3:new"]);
        old.LoadSnapshot(Id, new SnapshotRange(0, 10, 0, 10)).ShouldBeNull();
    }

    [Fact]
    public void A_lease_that_never_was_that_was_given_back_or_whose_owner_was_removed_lets_nobody_write()
    {
        var (members, table) = (Members(), Journal());
        Up(members, 1);
        Should.Throw<FencedException>(() => table.Append([Entry(Id, 1, new Fence(Lease, 1))])).Message.ShouldContain("nobody holds it");
        var fence = Take(members, Lease, 1);
        members.Release(Lease, 1, fence.Epoch).ShouldBeTrue();
        Should.Throw<FencedException>(() => table.Append([Entry(Id, 1, fence)]));
        var again = Take(members, Lease, 1);
        table.Append([Entry(Id, 1, again)]);
        Should.Throw<FencedException>(() => table.Append([Entry(Id, 2, fence)]));
        members.Down(1, null).ShouldBeTrue();
        members.Remove(1);
        Should.Throw<FencedException>(() => table.Append([Entry(Id, 2, again)]));
        Read(table, Id).ShouldBe(["1:x"]);
    }

    [Fact]
    public void One_old_fence_in_a_transaction_keeps_all_of_it_out()
    {
        var (members, table) = (Members(), Journal());
        Up(members, 1);
        var (good, old) = (Take(members, "shard/good", 1), Take(members, "shard/old", 1));
        Take(members, "shard/old", 1);
        Should.Throw<FencedException>(() => table.Append([Entry("good", 1, good), Entry("old", 1, old)])).Message.ShouldContain("shard/old");
        Read(table, "good").ShouldBeEmpty();
        // Two owners of one lease in a group: the later one may be the right one, the earlier one never is.
        Should.Throw<FencedException>(() => table.Append([Entry("old", 1, old), Entry("old", 2, new Fence("shard/old", 2))]));
        Read(table, "old").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_group_that_waited_the_request_with_the_old_fence_fails_alone()
    {
        var members = Members();
        Up(members, 1);
        var (good, old) = (Take(members, "shard/good", 1), Take(members, "shard/old", 1));
        Take(members, "shard/old", 1);
        var gate = new GatedTable(Journal());
        using var writer = new JournalWriter(gate, 100, 100_000);
        var first = Post(writer, Entry("first", 1));
        gate.Entered.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        var requests = new[] { Post(writer, Entry("good", 1, good)), Post(writer, Entry("old", 1, old)), Post(writer, Entry("good", 2, good)) };
        gate.Open.Set();
        // What goes on here may not go on in the writer's thread, which it closes.
        var done = await Task.WhenAll(requests.Prepend(first).Select(r => r.Done.ContinueWith(d => d.Exception?.InnerException, TaskScheduler.Default)));
        done[2].ShouldBeOfType<FencedException>();
        done.Count(d => d is null).ShouldBe(3);
        var reader = Journal();
        Read(reader, "good").Count.ShouldBe(2);
        Read(reader, "old").ShouldBeEmpty();
    }

    [Fact]
    public async Task However_takes_and_appends_meet_no_event_is_written_that_the_next_owner_does_not_see()
    {
        const int rounds = 30;
        var members = Members();
        Up(members, 1);
        Up(members, 2);
        var tables = new[] { Journal(), Journal() };
        var fence = Take(members, Lease, 1);
        for (var round = 0; round < rounds; round++)
        {
            var (mine, number) = (fence, 0L);
            var old = tables[round % 2];
            var next = tables[(round + 1) % 2];
            var start = old.HighestSequenceNr(Id, mine);
            var appending = Task.Run(() =>
            {
                // Until it is fenced off, which it is sooner or later.
                for (number = start; ; number++)
                {
                    try
                    {
                        old.Append([Entry(Id, number + 1, mine)]);
                    }
                    catch (FencedException)
                    {
                        return;
                    }
                }
            });
            fence = Take(members, Lease, (round % 2) + 1);
            var seen = next.HighestSequenceNr(Id, fence);
            next.Append([Entry(Id, seen + 1, fence, "take")]);
            await appending.WaitAsync(TimeSpan.FromSeconds(30));
            number.ShouldBe(seen);
        }
        var events = Read(tables[0], Id);
        events.Select(e => long.Parse(e.Split(':')[0], null)).ShouldBe(Enumerable.Range(1, events.Count).Select(i => (long)i));
        events.Count(e => e.EndsWith(":take", StringComparison.Ordinal)).ShouldBe(rounds);
    }

    private static AppendRequest Post(JournalWriter writer, JournalEntry entry)
    {
        var request = new AppendRequest([entry], 1, null);
        writer.Append(request);
        return request;
    }

    private sealed class GatedTable(IJournalTable table) : IJournalTable
    {
        public ManualResetEventSlim Open { get; } = new();

        public ManualResetEventSlim Entered { get; } = new();

        public void Append(IReadOnlyList<JournalEntry> group)
        {
            Entered.Set();
            Open.Wait();
            table.Append(group);
        }

        public long HighestSequenceNr(string persistenceId, Fence? fence) => table.HighestSequenceNr(persistenceId, fence);

        public bool DeleteSome(string persistenceId, long toSequenceNr, int most, Fence? fence) => table.DeleteSome(persistenceId, toSequenceNr, most, fence);

        public void SaveSnapshot(string persistenceId, SnapshotRow snapshot, Fence? fence) => table.SaveSnapshot(persistenceId, snapshot, fence);

        public void DeleteSnapshots(string persistenceId, SnapshotRange range, Fence? fence) => table.DeleteSnapshots(persistenceId, range, fence);

        public void Read(string persistenceId, long fromSequenceNr, long toSequenceNr, long most, Action<JournalRow> row) => table.Read(persistenceId, fromSequenceNr, toSequenceNr, most, row);

        public SnapshotRow? LoadSnapshot(string persistenceId, SnapshotRange range) => table.LoadSnapshot(persistenceId, range);

        public void Dispose()
        {
            // Its owner closes the table within.
        }
    }
}

/// <summary>Fencing on a file of SQLite that hosts share.</summary>
public sealed class SqliteFencingSpec : FencingContract
{
    private readonly DatabaseFolder _folder = new();

    private protected override PersistenceSettings Settings => _folder.Shared();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_take_waits_for_the_append_that_has_looked_at_the_lease()
    {
        var (members, journal) = (Members(), Journal());
        Up(members, 1);
        Up(members, 2);
        var fence = Take(members, "shard/p", 1);
        using var other = new SqliteConnection(_folder.Path, readOnly: false);
        other.Execute("BEGIN IMMEDIATE");
        other.Scalar("SELECT epoch FROM leases WHERE name = 'shard/p'").ShouldBe("1");
        var take = Task.Run(() => Take(members, "shard/p", 2));
        var append = Task.Run(() => journal.Append([Entry("p", 1, fence)]));
        take.IsCompleted.ShouldBeFalse();
        append.IsCompleted.ShouldBeFalse();
        other.Execute("COMMIT");
        var next = await take;
        // Whichever of the two came first, they agree.
        var written = await append.ContinueWith(a => a.Exception is null, TaskScheduler.Default);
        Journal().HighestSequenceNr("p", next).ShouldBe(written ? 1 : 0);
    }
}

/// <summary>Fencing on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresFencingSpec(PostgresServer server) : FencingContract
{
    private protected override PersistenceSettings Settings { get; } = server.NewDatabase();

    /// <summary>Another connection, whose transactions the test holds open.</summary>
    private Npgsql.NpgsqlConnection Other()
    {
        var address = PostgresAddress.Parse(server.Url);
        (address.SearchPath, address.Pooling) = (Settings.Postgres!.Schema, false);
        var connection = Closing(new Npgsql.NpgsqlConnection(address.ConnectionString));
        connection.Open();
        return connection;
    }

    private static async Task Waiting(Npgsql.NpgsqlConnection observer, string statement)
    {
        var limit = DateTime.UtcNow + TimeSpan.FromSeconds(10);
        while (observer.Scalar<long>($"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%{statement}%' AND pid <> pg_backend_pid()") == 0)
        {
            DateTime.UtcNow.ShouldBeLessThan(limit);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_take_between_the_begin_and_the_commit_of_an_append_waits_for_it_and_sees_what_it_wrote()
    {
        var (members, old) = (Members(), Journal());
        Up(members, 1);
        Up(members, 2);
        var fence = Take(members, "shard/p", 1);
        old.Append([Entry("p", 1, fence)]);
        var (blocker, observer) = (Other(), Other());
        // An event of the same number that is not committed: the append has looked at its lease and waits for the number.
        blocker.Execute("BEGIN");
        blocker.Execute("INSERT INTO events SELECT position + 1, epoch, timestamp, checksum, manifest, payload FROM events");
        var append = Task.Run(() => old.Append([Entry("p", 2, fence)]));
        await Waiting(observer, "INSERT INTO events");
        var take = Task.Run(() => Take(members, "shard/p", 2));
        await Waiting(observer, "UPDATE leases");
        blocker.Execute("ROLLBACK");
        await append;
        var next = await take;
        Journal().HighestSequenceNr("p", next).ShouldBe(2);
        Should.Throw<FencedException>(() => old.Append([Entry("p", 3, fence)]));
    }

    [Fact]
    public async Task An_append_that_meets_a_take_that_is_not_committed_waits_and_is_fenced()
    {
        var (members, old) = (Members(), Journal());
        Up(members, 1);
        var fence = Take(members, "shard/p", 1);
        old.Append([Entry("p", 1, fence)]);
        var (taker, observer) = (Other(), Other());
        taker.Execute("BEGIN");
        taker.Execute("UPDATE leases SET owner = 2, epoch = epoch + 1 WHERE name = 'shard/p'");
        var append = Task.Run(() => old.Append([Entry("p", 2, fence)]));
        await Waiting(observer, "INSERT INTO events");
        taker.Execute("COMMIT");
        await Should.ThrowAsync<FencedException>(() => append);
        Read(old, "p").ShouldBe(["1:x"]);
    }

    [Fact]
    public async Task A_recovery_waits_for_an_append_of_the_same_owner_whose_connection_broke()
    {
        var (members, journal) = (Members(), Journal());
        Up(members, 1);
        var fence = Take(members, "shard/p", 1);
        journal.Append([Entry("p", 1, fence)]);
        var (lingering, observer) = (Other(), Other());
        lingering.Execute("BEGIN");
        lingering.Execute("SELECT 1 FROM leases WHERE name = 'shard/p' AND epoch = 1 FOR SHARE");
        lingering.Execute("INSERT INTO events SELECT position + 1, epoch, timestamp, checksum, manifest, payload FROM events");
        var recovery = Task.Run(() => journal.HighestSequenceNr("p", fence));
        await Waiting(observer, "FOR UPDATE");
        lingering.Execute("COMMIT");
        (await recovery).ShouldBe(2);
    }
}
