using System.Net;
using System.Net.Sockets;
using AkkaKube.Tests;
using Npgsql;

namespace AkkaKube.Persistence.Tests;

/// <summary>Connections that break, servers that restart or are not there.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresConnectionSpec(PostgresServer server) : DatabaseSpec
{
    private protected override PersistenceSettings Settings { get; } = server.NewDatabase();

    private NpgsqlConnection Other()
    {
        var address = PostgresAddress.Parse(server.Url);
        (address.SearchPath, address.Pooling) = (Settings.Postgres!.Schema, false);
        var connection = Closing(new NpgsqlConnection(address.ConnectionString));
        connection.Open();
        return connection;
    }

    private PostgresSettings At(string connection) => Settings.Postgres! with { Connection = connection };

    [Fact]
    public async Task An_append_whose_connection_is_killed_in_the_middle_fails_and_later_ones_connect_anew()
    {
        var table = Journal();
        table.Append([Entry("p", 1)]);
        var (blocker, killer) = (Other(), Other());
        // A number that is not committed holds the append up in the middle of its transaction.
        blocker.Execute("BEGIN");
        blocker.Execute("INSERT INTO events SELECT position + 2, epoch, timestamp, checksum, manifest, payload FROM events");
        var append = Task.Run(() => table.Append([Entry("p", 2), Entry("p", 3)]));
        var killed = 0L;
        while (killed == 0)
        {
            killed = killer.Scalar<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO events%' AND pid <> pg_backend_pid()");
            await Task.Yield();
        }
        await Should.ThrowAsync<DatabaseUnreachableException>(() => append);
        blocker.Execute("ROLLBACK");
        table.HighestSequenceNr("p", null).ShouldBe(1);
        table.Append([Entry("p", 2), Entry("p", 3)]);
        Read(table, "p").Count.ShouldBe(3);
    }

    [Fact]
    public async Task However_often_the_connection_is_killed_what_was_acknowledged_is_there_once()
    {
        const int writers = 6;
        var members = Members();
        Up(members, 1);
        var fences = Enumerable.Range(0, writers).Select(w => Take(members, $"shard/w{w}", 1)).ToList();
        using var writer = new JournalWriter(Journal(), 100, 1 << 20);
        var acknowledged = new long[writers];
        var stop = new CancellationTokenSource();
        var writing = Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            // As a persistent actor does: after a failure it recovers, and goes on from what is there.
            for (var next = 1L; !stop.IsCancellationRequested;)
            {
                var append = new AppendRequest([Entry($"w{w}", next, fences[w])], 1, null);
                writer.Append(append);
                if (await append.Done.ContinueWith(a => a.Exception is null, TaskScheduler.Default))
                {
                    acknowledged[w] = next++;
                    continue;
                }
                while (!stop.IsCancellationRequested)
                {
                    var highest = await writer.HighestSequenceNr($"w{w}", fences[w]).ContinueWith(h => h.Exception is null ? h.Result : -1, TaskScheduler.Default);
                    if (highest < 0) continue;
                    highest.ShouldBeInRange(acknowledged[w], next);
                    next = highest + 1;
                    break;
                }
            }
        })).ToList();
        using var killer = Other();
        for (var kills = 0L; kills < 8;)
        {
            kills += killer.Scalar<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'akkakube' AND state = 'active' AND pid <> pg_backend_pid()");
        }
        await stop.CancelAsync();
        await Task.WhenAll(writing);
        var reader = Journal();
        for (var w = 0; w < writers; w++)
        {
            var numbers = Read(reader, $"w{w}").Select(e => long.Parse(e.Split(':')[0], null)).ToList();
            numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(i => (long)i));
            numbers.Count.ShouldBeGreaterThanOrEqualTo((int)acknowledged[w]);
        }
    }

    [Fact]
    public void A_server_that_crashes_and_comes_back_has_all_that_was_acknowledged()
    {
        var table = Journal();
        var members = Members();
        Up(members, 1);
        var fence = Take(members, "shard/p", 1);
        for (var n = 1; n <= 20; n++) table.Append([Entry("p", n, fence)]);
        server.Crash();
        try
        {
            Should.Throw<DatabaseUnreachableException>(() => table.Append([Entry("p", 21, fence)]));
            Should.Throw<DatabaseUnreachableException>(() => table.Append([Entry("p", 21, fence)])).Message.ShouldStartWith("Cannot reach the database at 127.0.0.1:");
            Should.Throw<DatabaseUnreachableException>(() => members.Renew(1, []));
            Should.Throw<DatabaseUnreachableException>(() => Read(table, "p"));
        }
        finally
        {
            server.Start();
        }
        members.Renew(1, []).ShouldNotBeNull().Leases["shard/p"].Epoch.ShouldBe(1);
        table.HighestSequenceNr("p", fence).ShouldBe(20);
        table.Append([Entry("p", 21, fence)]);
        Read(table, "p").Count.ShouldBe(21);
    }

    [Fact]
    public void Reading_outlives_a_connection_that_was_killed_while_it_lay_idle()
    {
        var table = Journal();
        table.Append([Entry("p", 1)]);
        Read(table, "p").Count.ShouldBe(1);
        using var killer = Other();
        killer.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'akkakube' AND pid <> pg_backend_pid()");
        table.HighestSequenceNr("p", null).ShouldBe(1);
        table.LoadSnapshot("p", new SnapshotRange(0, 1, 0, 1)).ShouldBeNull();
        table.Append([Entry("p", 2)]);
        Read(table, "p").Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_wrong_with_the_database_is_said()
    {
        var port = server.Port.ToString(null, null);
        Fault<JournalException>($"postgres://akkakube:wrong@127.0.0.1:{port}/postgres").ShouldContain("does not let akkakube in");
        Fault<JournalException>($"{server.Url.Replace("/postgres", "/nosuch", StringComparison.Ordinal)}").ShouldContain("The database nosuch does not exist");
        Fault<DatabaseUnreachableException>("postgres://akkakube:x@127.0.0.1:1/postgres").ShouldStartWith("Cannot reach the database at 127.0.0.1:1/postgres");
        using (var other = Other()) other.Execute($"CREATE SCHEMA later CREATE TABLE counters (name text, value bigint)");
        using (var other = Other()) other.Execute("INSERT INTO later.counters VALUES ('schema', 3)");
        Should.Throw<JournalCorruptException>(() => new PostgresJournalTable(Settings.Postgres! with { Schema = "later" })).Message.ShouldContain("has the version 3");

        string Fault<T>(string connection) where T : JournalException
        {
            var fault = Should.Throw<T>(() => new PostgresJournalTable(At(connection)));
            fault.ToString().ShouldNotContain(PostgresServer.Password);
            return fault.Message;
        }
    }

    [Fact]
    public async Task A_server_that_accepts_and_never_answers_fails_renewals_and_all_that_waits()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var connection = $"postgres://akkakube:x@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port.ToString(null, null)}/postgres";
        using var table = new SqlMembershipTable(new PersistenceSettings { Postgres = At(connection) }, new DatabaseFaults(0));
        var calls = new Task[] { table.Renew(1, []), table.Renew(1, []), table.Take("a", 1, 0), table.Take("b", 1, 0), table.Take("c", 1, 0) };
        foreach (var call in calls) (await Should.ThrowAsync<DatabaseUnreachableException>(() => call)).Message.ShouldContain("did not answer");
    }

    [Fact]
    public async Task A_server_that_is_stopped_in_its_tracks_fails_renewals_until_it_goes_on()
    {
        using var table = new SqlMembershipTable(Settings with { MembershipTimeout = TimeSpan.FromSeconds(1) }, new DatabaseFaults(0));
        await Eventually(() => table.Join(1, "a", []));
        await Eventually(() => table.Renew(1, []));
        server.Signal("STOP");
        try
        {
            await Should.ThrowAsync<DatabaseUnreachableException>(() => table.Renew(1, []));
            await Should.ThrowAsync<DatabaseUnreachableException>(() => table.Renew(1, []));
        }
        finally
        {
            server.Signal("CONT");
        }
        await Eventually(() => table.Renew(1, []));

        static async Task Eventually(Func<Task> call)
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await call();
                    return;
                }
                catch (DatabaseUnreachableException) when (tries < 60)
                {
                    // A machine with much to do answers late.
                }
            }
        }
    }

    [Fact]
    public void An_event_that_was_changed_in_the_database_is_not_handed_out()
    {
        var table = Journal();
        table.Append([Entry("p", 1), Entry("p", 2)]);
        using (var other = Other()) other.Execute("UPDATE events SET payload = 'y' WHERE position = (SELECT max(position) FROM events)");
        var read = new List<long>();
        Should.Throw<JournalCorruptException>(() => table.Read("p", 0, 10, 10, r => read.Add(r.SequenceNr))).Message.ShouldContain("Event 2 of p is damaged");
        read.ShouldBe([1]);
        table.SaveSnapshot("p", new SnapshotRow(1, 1, "s", new byte[1]), null);
        using (var other = Other()) other.Execute("UPDATE snapshots SET payload = 'y'");
        Should.Throw<JournalCorruptException>(() => table.LoadSnapshot("p", new SnapshotRange(0, 1, 0, 1)));
    }

    [Theory]
    [InlineData(Durability.Full, "on")]
    [InlineData(Durability.Normal, "off")]
    [InlineData(Durability.None, "off")]
    public void Durability_is_what_the_settings_say(Durability durability, string expected)
    {
        using var session = new PostgresSession(Settings.Postgres!, TimeSpan.FromSeconds(5), durability);
        session.Run(connection => connection.Scalar<string>("SHOW synchronous_commit")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("53100", typeof(JournalFullException))]
    [InlineData("57P01", typeof(DatabaseUnreachableException))]
    [InlineData("57P03", typeof(DatabaseUnreachableException))]
    [InlineData("53300", typeof(DatabaseUnreachableException))]
    [InlineData("25006", typeof(DatabaseUnreachableException))]
    [InlineData("57014", typeof(DatabaseUnreachableException))]
    [InlineData("XX001", typeof(JournalCorruptException))]
    [InlineData("23505", typeof(JournalException))]
    [InlineData("42501", typeof(JournalException))]
    public void What_the_server_says_becomes_what_it_means(string state, Type expected) =>
        PostgresFaults.Of(new PostgresException("why", "ERROR", "ERROR", state), PostgresAddress.Parse(server.Url)).ShouldBeOfType(expected);
}
