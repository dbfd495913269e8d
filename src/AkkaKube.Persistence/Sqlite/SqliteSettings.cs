using Akka.Configuration;

namespace AkkaKube.Persistence;

/// <summary>The section <c>akkakube.persistence.sqlite</c>.</summary>
internal sealed record SqliteSettings
{
    /// <summary>The database file; its folder exists.</summary>
    public required string Path { get; init; }

    /// <summary>True when several processes write to the file at once.</summary>
    public bool Shared { get; init; }

    /// <summary>What survives what.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>How long a write waits for other processes that write.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of a page of a new file.</summary>
    public int PageSize { get; init; } = 4096;

    /// <summary>The write-ahead log is moved into the file when it has this many bytes.</summary>
    public long CheckpointBytes { get; init; } = 16L << 20;

    /// <summary>The most bytes that the file may have; 0 for no limit.</summary>
    public long MaxBytes { get; init; }

    /// <summary>A file up to this size is checked as a whole when it is opened.</summary>
    public long CheckUpToBytes { get; init; } = 4L << 20;

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or wrong.</exception>
    public static SqliteSettings From(Config section, Durability durability)
    {
        var path = section.GetString("path", "");
        if (path.Length == 0) throw new ConfigurationException("akkakube.persistence.sqlite.path is empty: it names the database file");
        return new SqliteSettings
        {
            Path = path,
            Shared = section.GetBoolean("shared"),
            Durability = durability,
            PageSize = (int)section.GetByteSize("page-size", 4096)!.Value,
            CheckpointBytes = section.GetByteSize("checkpoint-size", 16L << 20)!.Value,
            MaxBytes = section.GetByteSize("max-size", 0)!.Value,
            CheckUpToBytes = section.GetByteSize("check-up-to", 4L << 20)!.Value,
        };
    }
}
