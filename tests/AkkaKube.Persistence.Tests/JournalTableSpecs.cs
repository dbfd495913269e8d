using AkkaKube.Tests;

namespace AkkaKube.Persistence.Tests;

/// <summary>What a table has to do on every database.</summary>
public abstract class JournalTableContract : DatabaseSpec
{
    [Fact]
    public void Events_and_snapshots_are_there_after_it_was_opened_again()
    {
        using (var table = Open())
        {
            table.Append([Entry("a", 1, text: "one"), Entry("b", 1, text: "other"), Entry("a", 2, text: "")]);
            table.SaveSnapshot("a", new SnapshotRow(2, 7, "s", new byte[] { 1, 2 }), null);
            table.SaveSnapshot("a", new SnapshotRow(2, 8, "s", new byte[] { 3 }), null);
        }
        var again = Journal();
        Read(again, "a").ShouldBe(["1:one", "2:"]);
        Read(again, "b").ShouldBe(["1:other"]);
        Read(again, "none").ShouldBeEmpty();
        again.HighestSequenceNr("a", null).ShouldBe(2);
        again.HighestSequenceNr("none", null).ShouldBe(0);
        var snapshot = again.LoadSnapshot("a", new SnapshotRange(0, 10, 0, 10))!;
        (snapshot.SequenceNr, snapshot.Timestamp, snapshot.Manifest).ShouldBe((2, 8, "s"));
        snapshot.Payload.ToArray().ShouldBe([3]);
        again.DeleteSnapshots("a", new SnapshotRange(0, 10, 0, 10), null);
        again.LoadSnapshot("a", new SnapshotRange(0, 10, 0, 10)).ShouldBeNull();
    }

    [Fact]
    public void Deletion_goes_in_steps_and_keeps_the_highest_number()
    {
        var table = Journal();
        table.Append([.. Enumerable.Range(1, 10).Select(i => Entry("a", i))]);
        table.DeleteSome("a", 8, 5, null).ShouldBeFalse();
        Read(table, "a").Count.ShouldBe(5);
        table.DeleteSome("a", 8, 5, null).ShouldBeTrue();
        Read(table, "a").ShouldBe(["9:x", "10:x"]);
        table.DeleteSome("a", long.MaxValue, 100, null).ShouldBeTrue();
        table.HighestSequenceNr("a", null).ShouldBe(10);
        table.DeleteSome("none", 5, 5, null).ShouldBeTrue();
    }

    [Fact]
    public void A_number_that_is_taken_fails_and_nothing_of_its_transaction_is_written()
    {
        var table = Journal();
        table.Append([Entry("a", 1)]);
        Should.Throw<JournalException>(() => table.Append([Entry("new", 1), Entry("a", 2), Entry("a", 1)]));
        Read(table, "a").ShouldBe(["1:x"]);
        Read(table, "new").ShouldBeEmpty();
        table.Append([Entry("new", 1), Entry("a", 2)]);
        Read(table, "a").Count.ShouldBe(2);
        Read(table, "new").Count.ShouldBe(1);
    }
}

/// <summary>What a table has to do with several hosts on it.</summary>
public abstract class SharedJournalTableContract : JournalTableContract
{
    [Fact]
    public void What_one_host_writes_another_one_reads_and_goes_on_from()
    {
        var first = Journal();
        var second = Journal();
        second.HighestSequenceNr("a", null).ShouldBe(0);
        Read(second, "a").ShouldBeEmpty();
        first.Append([Entry("a", 1)]);
        second.HighestSequenceNr("a", null).ShouldBe(1);
        second.Append([Entry("a", 2), Entry("b", 1)]);
        first.Append([Entry("b", 2)]);
        Read(first, "a").ShouldBe(["1:x", "2:x"]);
        Read(second, "b").ShouldBe(["1:x", "2:x"]);
        second.DeleteSome("a", 1, 10, null).ShouldBeTrue();
        Read(first, "a").ShouldBe(["2:x"]);
    }

    [Fact]
    public void Hosts_that_start_and_write_at_once_do_not_come_into_each_others_way()
    {
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, host =>
        {
            using var table = Open();
            for (var n = 1; n <= 20; n++) table.Append([Entry($"own-{host}", n), Entry(string.Create(null, $"shared-{n}"), host + 1)]);
        });
        var reader = Journal();
        for (var host = 0; host < 6; host++) reader.HighestSequenceNr($"own-{host}", null).ShouldBe(20);
        for (var n = 1; n <= 20; n++) Read(reader, $"shared-{n}").Count.ShouldBe(6);
    }

    [Fact]
    public void A_file_is_the_one_that_came_first()
    {
        Files().Find("ca.key").ShouldBeNull();
        var contents = Enumerable.Range(0, 8).Select(i => new[] { (byte)i }).ToList();
        Parallel.ForEach(contents, content =>
        {
            using var store = Settings.Sqlite is { } sqlite ? (IFileStore)new SqliteFiles(sqlite) : new PostgresFiles(Settings.Postgres!);
            store.Add("ca.key", content);
        });
        var kept = Files().Find("ca.key").ShouldNotBeNull();
        contents.ShouldContain(c => c.SequenceEqual(kept));
        Files().Add("ca.key", [99]);
        Files().Find("ca.key").ShouldBe(kept);
    }
}

/// <summary>The contract on a file of SQLite that one process has for itself.</summary>
public sealed class OwnSqliteJournalTableSpec : JournalTableContract
{
    private readonly DatabaseFolder _folder = new();

    private protected override PersistenceSettings Settings => new() { Sqlite = _folder.Settings() };

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}

/// <summary>The contract on a file of SQLite that hosts share.</summary>
public sealed class SharedSqliteJournalTableSpec : SharedJournalTableContract
{
    private readonly DatabaseFolder _folder = new();

    private protected override PersistenceSettings Settings => _folder.Shared();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}

/// <summary>The contract on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalTableSpec(PostgresServer server) : SharedJournalTableContract
{
    private protected override PersistenceSettings Settings { get; } = server.NewDatabase();
}
