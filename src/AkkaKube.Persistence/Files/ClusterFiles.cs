using Akka.Configuration;

namespace AkkaKube.Persistence;

/// <summary>
/// What all hosts of a cluster share and whoever comes first makes: the certificate authority's key, the key that signs the tokens of service accounts.
/// Kept in the database that <c>akkakube.persistence</c> names; used before there is an actor system. Calls block.
/// </summary>
public sealed class ClusterFiles : IDisposable
{
    private readonly IFileStore _store;

    private ClusterFiles(IFileStore store) => _store = store;

    /// <summary>Opens the database.</summary>
    /// <exception cref="JournalException">It cannot be opened; says why.</exception>
    /// <exception cref="ConfigurationException">A setting is missing or wrong.</exception>
    public static ClusterFiles Open(Config config)
    {
        var settings = PersistenceSettings.From(config);
        return new ClusterFiles(settings.Sqlite is { } sqlite ? new SqliteFiles(sqlite) : new PostgresFiles(settings.Postgres!));
    }

    /// <summary>The file of that name; made of <paramref name="content"/> when there is none yet. Of several hosts that ask at once, all get the same one.</summary>
    /// <exception cref="JournalException">The database failed; asking again is safe.</exception>
    public byte[] GetOrAdd(string name, byte[] content)
    {
        if (_store.Find(name) is { } found) return found;
        _store.Add(name, content);
        return _store.Find(name) ?? throw new JournalException($"The file {name} was added to the database and is not in it");
    }

    /// <summary>The file of that name, or null.</summary>
    /// <exception cref="JournalException">The database failed.</exception>
    public byte[]? Find(string name) => _store.Find(name);

    /// <summary>Closes the database.</summary>
    public void Dispose() => _store.Dispose();
}
