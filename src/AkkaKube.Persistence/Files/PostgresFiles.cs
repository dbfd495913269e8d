using static AkkaKube.Persistence.PostgresCommands;

namespace AkkaKube.Persistence;

/// <summary>Files in PostgreSQL.</summary>
internal sealed class PostgresFiles : IFileStore
{
    private readonly PostgresSession _session;

    public PostgresFiles(PostgresSettings settings)
    {
        _session = new PostgresSession(settings, settings.Timeout, Durability.Full);
        try
        {
            PostgresSchema.Ensure(_session, settings);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    public byte[]? Find(string name) => _session.Read(connection => connection.Scalar<byte[]>("SELECT content FROM files WHERE name = $1", Value(name)));

    public void Add(string name, byte[] content) =>
        _session.Run(connection => connection.Execute("INSERT INTO files (name, content) VALUES ($1, $2) ON CONFLICT DO NOTHING", Value(name), Value(content)));

    public void Dispose() => _session.Dispose();
}
