using Akka.Configuration;

namespace AkkaKube.Persistence;

/// <summary>The section <c>akkakube.persistence.postgresql</c>.</summary>
internal sealed record PostgresSettings
{
    /// <summary>Where the database is: a URL (<c>postgres://user:password@host:port/database?sslmode=require</c>) or a connection string of Npgsql.</summary>
    public required string Connection { get; init; }

    /// <summary>The schema in the database that the tables are in.</summary>
    public string Schema { get; init; } = "akkakube";

    /// <summary>What survives what.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>How long the journal waits for an answer before the connection counts as broken; whole seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or wrong.</exception>
    public static PostgresSettings From(Config section, Durability durability)
    {
        var connection = section.GetString("connection", "");
        if (connection.Length == 0) throw new ConfigurationException("akkakube.persistence.postgresql.connection is empty: it says where the database is, e.g. postgres://user:password@host:5432/database");
        var schema = section.GetString("schema", "");
        if (schema.Length == 0 || schema.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_'))
        {
            throw new ConfigurationException($"akkakube.persistence.postgresql.schema: '{schema}' is not made of lower case letters, digits and underscores");
        }
        var settings = new PostgresSettings
        {
            Connection = connection,
            Schema = schema,
            Durability = durability,
            Timeout = section.GetTimeSpan("timeout", TimeSpan.FromSeconds(5)),
        };
        _ = PostgresAddress.Parse(connection);
        return settings;
    }
}
