using Akka.Configuration;

namespace AkkaKube.Persistence;

/// <summary>What survives what.</summary>
public enum Durability
{
    /// <summary>An acknowledged write survives power loss.</summary>
    Full,

    /// <summary>An acknowledged write survives a crash of the process; power loss may take the last ones, in order from the end.</summary>
    Normal,

    /// <summary>As <see cref="Normal"/>, and power loss may damage the file.</summary>
    None,
}

/// <summary>The section <c>akkakube.persistence.sqlite</c>.</summary>
public sealed record SqliteSettings
{
    /// <summary>The database file; its folder exists.</summary>
    public required string Path { get; init; }

    /// <summary>What survives what.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>Bytes of a page of a new file.</summary>
    public int PageSize { get; init; } = 4096;

    /// <summary>The write-ahead log is moved into the file when it has this many bytes.</summary>
    public long CheckpointBytes { get; init; } = 16L << 20;

    /// <summary>The most bytes that the file may have; 0 for no limit.</summary>
    public long MaxBytes { get; init; }

    /// <summary>The most events that share a transaction.</summary>
    public int GroupEvents { get; init; } = 4096;

    /// <summary>About the most bytes that share a transaction.</summary>
    public long GroupBytes { get; init; } = 16L << 20;

    /// <summary>A file up to this size is checked as a whole when it is opened.</summary>
    public long CheckUpToBytes { get; init; } = 4L << 20;

    /// <summary>The type of the <see cref="IEventCodec"/>; empty when the program gives one by a <see cref="SqlitePersistenceSetup"/>.</summary>
    public string Codec { get; init; } = "";

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or wrong.</exception>
    public static SqliteSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.persistence.sqlite") ?? throw new ConfigurationException("akkakube.persistence.sqlite is missing");
        var path = section.GetString("path", "");
        if (path.Length == 0) throw new ConfigurationException("akkakube.persistence.sqlite.path is empty: it names the database file");
        return new SqliteSettings
        {
            Path = path,
            Durability = section.GetString("durability") switch
            {
                "full" => Durability.Full,
                "normal" => Durability.Normal,
                "none" => Durability.None,
                var other => throw new ConfigurationException($"akkakube.persistence.sqlite.durability: expected full, normal or none, found '{other}'"),
            },
            PageSize = (int)section.GetByteSize("page-size", 4096)!.Value,
            CheckpointBytes = section.GetByteSize("checkpoint-size", 16L << 20)!.Value,
            MaxBytes = section.GetByteSize("max-size", 0)!.Value,
            GroupEvents = section.GetInt("group.events", 4096),
            GroupBytes = section.GetByteSize("group.size", 16L << 20)!.Value,
            CheckUpToBytes = section.GetByteSize("check-up-to", 4L << 20)!.Value,
            Codec = section.GetString("codec", ""),
        };
    }
}
