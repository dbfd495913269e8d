using System.Text;
using Akka.Cluster;

namespace AkkaKube.Persistence.Tests;

/// <summary>A test that runs on both databases.</summary>
public abstract class DatabaseSpec : IDisposable
{
    private readonly List<IDisposable> _open = [];

    private protected abstract PersistenceSettings Settings { get; }

    public virtual void Dispose()
    {
        foreach (var connection in Enumerable.Reverse(_open)) connection.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The journal as one more host sees it.</summary>
    private protected IJournalTable Journal() => Closing(Open());

    /// <summary>The journal as one more host sees it, which the caller closes.</summary>
    private protected IJournalTable Open() => Settings.Sqlite is { } sqlite ? new SqliteJournalTable(sqlite) : new PostgresJournalTable(Settings.Postgres!);

    /// <summary>The members as one more host sees them.</summary>
    private protected IMemberStore Members() => Closing<IMemberStore>(Settings.Sqlite is { } sqlite ? new SqliteMembers(sqlite, Settings.MembershipTimeout) : new PostgresMembers(Settings.Postgres!, Settings.MembershipTimeout));

    private protected IFileStore Files() => Closing<IFileStore>(Settings.Sqlite is { } sqlite ? new SqliteFiles(sqlite) : new PostgresFiles(Settings.Postgres!));

    private protected static JournalEntry Entry(string id, long number, Fence? fence = null, string text = "x") => new(id, number, "m", Encoding.UTF8.GetBytes(text), 42, fence);

    private protected static List<string> Read(IJournalTable table, string id)
    {
        var rows = new List<string>();
        table.Read(id, 0, long.MaxValue, long.MaxValue, r => rows.Add($"{r.SequenceNr}:{Encoding.UTF8.GetString(r.Payload)}"));
        return rows;
    }

    private protected static void Up(IMemberStore members, int uid)
    {
        members.Join(uid, $"host-{uid}", []);
        members.Move(uid, MemberStatus.Joining, MemberStatus.Up).ShouldBeTrue();
    }

    private protected static Fence Take(IMemberStore members, string lease, int uid)
    {
        var row = members.Take(lease, uid, members.Read().Leases.GetValueOrDefault(lease)?.Epoch ?? 0).ShouldNotBeNull();
        return new Fence(lease, row.Epoch);
    }

    private protected T Closing<T>(T connection) where T : IDisposable
    {
        _open.Add(connection);
        return connection;
    }
}
