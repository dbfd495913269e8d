namespace AkkaKube.Persistence;

/// <summary>Files in a file of SQLite.</summary>
internal sealed class SqliteFiles : IFileStore
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransactions _transactions;

    public SqliteFiles(SqliteSettings settings)
    {
        _connection = SqliteSchema.Open(settings);
        _transactions = new SqliteTransactions(_connection, settings, urgent: false);
    }

    public byte[]? Find(string name)
    {
        using var query = _connection.Prepare("SELECT content FROM files WHERE name = ?");
        return query.Bind(1, name).Step() ? query.Bytes(0) : null;
    }

    public void Add(string name, byte[] content) => _transactions.Run(() =>
    {
        using var insert = _connection.Prepare("INSERT OR IGNORE INTO files (name, content) VALUES (?, ?)");
        insert.Bind(1, name).Bind(2, content.AsSpan()).Run();
    });

    public void Dispose()
    {
        _transactions.Dispose();
        _connection.Dispose();
    }
}
