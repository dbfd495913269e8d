using System.Text;

namespace AkkaKube.Persistence.Tests;

/// <summary>What the file keeps, and how it fails.</summary>
public sealed class SqliteJournalTableSpec : IDisposable
{
    private readonly DatabaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static JournalEntry Entry(string id, long number, string text = "x") => new(id, number, "m", Encoding.UTF8.GetBytes(text), 42);

    private static List<string> Read(SqliteJournalTable table, string id)
    {
        var rows = new List<string>();
        table.Read(id, 0, long.MaxValue, long.MaxValue, r => rows.Add($"{r.SequenceNr}:{Encoding.UTF8.GetString(r.Payload)}"));
        return rows;
    }

    [Fact]
    public void A_full_file_fails_the_write_with_nothing_written_and_later_writes_succeed()
    {
        var settings = _folder.Settings() with { MaxBytes = 256 << 10 };
        using var table = new SqliteJournalTable(settings);
        table.Append([Entry("a", 1, new string('x', 100_000))]);
        Should.Throw<JournalFullException>(() => table.Append([Entry("a", 2), Entry("a", 3, new string('x', 400_000))]));
        table.HighestSequenceNr("a", null).ShouldBe(1);
        table.Append([Entry("a", 2, "small")]);
        table.DeleteSome("a", 1, 10, null).ShouldBeTrue();
        table.Append([Entry("a", 3, new string('y', 100_000))]);
        Read(table, "a").Count.ShouldBe(2);
    }

    [Fact]
    public void The_file_and_its_log_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var table = new SqliteJournalTable(_folder.Settings());
        table.Append([Entry("a", 1)]);
        foreach (var file in (string[])[_folder.Path, _folder.Path + "-wal", _folder.Path + "-shm"])
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public void A_file_that_is_deleted_under_it_fails_every_write()
    {
        using var table = new SqliteJournalTable(_folder.Settings());
        table.Append([Entry("a", 1)]);
        File.Delete(_folder.Path);
        Should.Throw<JournalLostException>(() => table.Append([Entry("a", 2)])).Message.ShouldContain(_folder.Path);
        Should.Throw<JournalLostException>(() => table.Append([Entry("a", 3)]));
        Should.Throw<JournalLostException>(() => table.SaveSnapshot("a", new SnapshotRow(1, 1, "m", new byte[1]), null));
    }

    [Fact]
    public void A_file_that_is_replaced_under_it_fails_every_write()
    {
        using var table = new SqliteJournalTable(_folder.Settings());
        table.Append([Entry("a", 1)]);
        File.Move(_folder.Path, _folder.Path + ".old");
        File.WriteAllText(_folder.Path, "another");
        Should.Throw<JournalLostException>(() => table.Append([Entry("a", 2)]));
    }

    [Fact]
    public void A_row_that_was_changed_in_the_file_is_not_handed_out()
    {
        using (var table = new SqliteJournalTable(_folder.Settings())) table.Append([Entry("a", 1, "innocent"), Entry("a", 2, "precious-content")]);
        var file = Encoding.Latin1.GetString(File.ReadAllBytes(_folder.Path));
        file.ShouldContain("precious-content");
        File.WriteAllBytes(_folder.Path, Encoding.Latin1.GetBytes(file.Replace("precious-content", "previous-content")));
        using var again = new SqliteJournalTable(_folder.Settings());
        var rows = new List<long>();
        Should.Throw<JournalCorruptException>(() => again.Read("a", 0, 10, 10, r => rows.Add(r.SequenceNr))).Message.ShouldContain("event 2 of a");
        rows.ShouldBe([1]);
    }

    [Fact]
    public void A_file_with_a_broken_page_is_refused_when_it_is_opened()
    {
        using (var table = new SqliteJournalTable(_folder.Settings())) table.Append([.. Enumerable.Range(1, 500).Select(i => Entry("a", i, new string('x', 50)))]);
        using (var file = File.OpenWrite(_folder.Path))
        {
            file.Position = 4096 * 5;
            file.Write(Encoding.ASCII.GetBytes(new string('Z', 4096)));
        }
        Should.Throw<JournalCorruptException>(() => new SqliteJournalTable(_folder.Settings()).Dispose()).Message.ShouldContain("is damaged");
    }

    [Fact]
    public void A_file_that_is_none_of_ours_is_refused()
    {
        File.WriteAllText(_folder.Path, new string('t', 8192));
        Should.Throw<JournalCorruptException>(() => new SqliteJournalTable(_folder.Settings()).Dispose());
        File.Delete(_folder.Path);
        using (var foreign = new SqliteConnection(_folder.Path, readOnly: false)) foreign.Execute("CREATE TABLE t (x)");
        Should.Throw<JournalCorruptException>(() => new SqliteJournalTable(_folder.Settings()).Dispose()).Message.ShouldContain("no journal of AkkaKube");
    }

    [Fact]
    public void A_file_of_the_first_version_is_upgraded_with_all_that_is_in_it()
    {
        using (var old = new SqliteConnection(_folder.Path, readOnly: false))
        {
            old.Execute("CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, deleted_to INTEGER NOT NULL DEFAULT 0, epoch INTEGER NOT NULL DEFAULT 0)");
            old.Execute("CREATE TABLE events (position INTEGER PRIMARY KEY, epoch INTEGER NOT NULL DEFAULT 0, timestamp INTEGER NOT NULL, checksum INTEGER NOT NULL, manifest TEXT NOT NULL, payload BLOB NOT NULL)");
            old.Execute("CREATE TABLE snapshots (stream INTEGER NOT NULL, number INTEGER NOT NULL, epoch INTEGER NOT NULL DEFAULT 0, timestamp INTEGER NOT NULL, checksum INTEGER NOT NULL, manifest TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (stream, number))");
            old.Execute($"PRAGMA application_id = {0x414B7562}");
            old.Execute("PRAGMA user_version = 1");
            old.Execute("INSERT INTO streams (id, name, deleted_to) VALUES (1, 'a', 1)");
            var position = (1L << 40) | 2;
            old.Execute($"INSERT INTO events (position, timestamp, checksum, manifest, payload) VALUES ({position}, 7, {Checksum.Of(position, "m", "x"u8)}, 'm', x'78')");
        }
        using (var table = new SqliteJournalTable(_folder.Settings()))
        {
            Read(table, "a").ShouldBe(["2:x"]);
            table.Append([Entry("a", 3), Entry("b", 1)]);
        }
        using var members = new SqliteMembers(_folder.Settings(), TimeSpan.FromSeconds(30));
        members.Read().Members.ShouldBeEmpty();
        using var again = new SqliteJournalTable(_folder.Settings());
        again.HighestSequenceNr("a", null).ShouldBe(3);
        Read(again, "b").ShouldBe(["1:x"]);
    }

    [Fact]
    public void A_file_of_a_later_version_is_refused()
    {
        new SqliteJournalTable(_folder.Settings()).Dispose();
        using (var connection = new SqliteConnection(_folder.Path, readOnly: false)) connection.Execute("PRAGMA user_version = 3");
        Should.Throw<JournalCorruptException>(() => new SqliteJournalTable(_folder.Settings()).Dispose()).Message.ShouldContain("has the schema 3");
    }

    [Theory]
    [InlineData(Durability.Full, "2")]
    [InlineData(Durability.Normal, "1")]
    [InlineData(Durability.None, "0")]
    public void Durability_is_what_the_settings_say(Durability durability, string expected)
    {
        using var connection = SqliteSchema.Open(_folder.Settings(durability));
        connection.Scalar("PRAGMA synchronous").ShouldBe(expected);
        connection.Scalar("PRAGMA journal_mode").ShouldBe("wal");
    }

    [Fact]
    public void The_files_copied_at_any_moment_hold_every_transaction_whole_and_all_that_were_acknowledged()
    {
        using var table = new SqliteJournalTable(_folder.Settings() with { CheckpointBytes = 64 << 10 });
        for (var i = 0; i < 60; i++)
        {
            table.Append([Entry("a", i * 3 + 1, new string('a', 700)), Entry("a", i * 3 + 2, new string('b', 700)), Entry("a", i * 3 + 3, new string('c', 700))]);
            if (i % 6 != 0) continue;
            using var copy = new DatabaseFolder();
            File.Copy(_folder.Path, copy.Path);
            File.Copy(_folder.Path + "-wal", copy.Path + "-wal");
            // The end of a log that was being written when the machine stopped.
            using (var log = File.OpenWrite(copy.Path + "-wal")) log.SetLength(Math.Max(0, log.Length - (i % 4 == 0 ? 100 : 0)));
            using var opened = new SqliteJournalTable(copy.Settings());
            var count = Read(opened, "a").Count;
            (count % 3).ShouldBe(0);
            count.ShouldBeInRange(i % 4 == 0 ? i * 3 : (i + 1) * 3, (i + 1) * 3);
        }
    }
}
