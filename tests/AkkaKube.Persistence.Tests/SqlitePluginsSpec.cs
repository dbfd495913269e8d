using Akka.Persistence.Tests.Contracts;

namespace AkkaKube.Persistence.Tests;

/// <summary>The journal in SQLite keeps the contract.</summary>
public class SqliteJournalSpec : JournalContract
{
    private readonly DatabaseFolder _folder;

    public SqliteJournalSpec() : this(new DatabaseFolder())
    {
    }

    private SqliteJournalSpec(DatabaseFolder folder) : base(folder.Config()) => _folder = folder;

    protected override object EventOf(string text) => new Noted(text);

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }
}

/// <summary>The snapshot store in SQLite keeps the contract.</summary>
public class SqliteSnapshotStoreSpec : SnapshotStoreContract
{
    private readonly DatabaseFolder _folder;

    public SqliteSnapshotStoreSpec() : this(new DatabaseFolder())
    {
    }

    private SqliteSnapshotStoreSpec(DatabaseFolder folder) : base(folder.Config()) => _folder = folder;

    protected override object SnapshotOf(string text) => new Noted(text);

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }
}
