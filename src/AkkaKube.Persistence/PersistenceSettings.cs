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

/// <summary>The section <c>akkakube.persistence</c>.</summary>
internal sealed record PersistenceSettings
{
    /// <summary>Where the file of SQLite is; null when the database is another one.</summary>
    public SqliteSettings? Sqlite { get; init; }

    /// <summary>Where PostgreSQL is; null when the database is another one.</summary>
    public PostgresSettings? Postgres { get; init; }

    /// <summary>The most events that share a transaction.</summary>
    public int GroupEvents { get; init; } = 4096;

    /// <summary>About the most bytes that share a transaction.</summary>
    public long GroupBytes { get; init; } = 16L << 20;

    /// <summary>How long a sign of life may take; one that comes later is worth nothing.</summary>
    public TimeSpan MembershipTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The type of the <see cref="IEventCodec"/>; empty when the program gives one by a <see cref="SqlPersistenceSetup"/>.</summary>
    public string Codec { get; init; } = "";

    /// <summary>True when a stream may be written only by the host that holds its lease.</summary>
    public bool Fenced { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or wrong.</exception>
    public static PersistenceSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.persistence") ?? throw new ConfigurationException("akkakube.persistence is missing");
        var durability = OneOf(section, "durability", ("full", Durability.Full), ("normal", Durability.Normal), ("none", Durability.None));
        var sqlite = OneOf(section, "database", ("sqlite", true), ("postgresql", false));
        return new PersistenceSettings
        {
            Sqlite = sqlite ? SqliteSettings.From(Section(section, "sqlite"), durability) : null,
            Postgres = sqlite ? null : PostgresSettings.From(Section(section, "postgresql"), durability),
            GroupEvents = section.GetInt("group.events", 4096),
            GroupBytes = section.GetByteSize("group.size", 16L << 20)!.Value,
            Codec = section.GetString("codec", ""),
            MembershipTimeout = section.GetTimeSpan("membership-timeout", TimeSpan.FromSeconds(1)),
            Fenced = OneOf(section, "fencing", ("off", false), ("required", true)),
        };
    }

    private static Config Section(Config section, string name) => section.GetConfig(name) ?? throw new ConfigurationException($"akkakube.persistence.{name} is missing");

    private static T OneOf<T>(Config section, string key, params (string Word, T Meaning)[] words)
    {
        var found = section.GetString(key);
        foreach (var (word, meaning) in words)
        {
            if (word == found) return meaning;
        }
        throw new ConfigurationException($"akkakube.persistence.{key}: expected one of {string.Join(", ", words.Select(w => w.Word))}, found '{found}'");
    }
}
