using System.Globalization;
using Npgsql;

namespace AkkaKube.Persistence;

/// <summary>The tables, as in a file of SQLite, in a schema of their own. The columns are explained in docs/persistence.md.</summary>
internal static class PostgresSchema
{
    private const long Version = 2;

    /// <summary>"AKub": hosts that start at once make the tables one after the other.</summary>
    private const long Lock = 0x414B7562;

    private static readonly string[] Tables =
    [
        "CREATE TABLE streams (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, deleted_to bigint NOT NULL DEFAULT 0)",
        "CREATE TABLE events (position bigint PRIMARY KEY, epoch bigint NOT NULL DEFAULT 0, timestamp bigint NOT NULL, checksum bigint NOT NULL, manifest text NOT NULL, payload bytea NOT NULL)",
        "CREATE TABLE snapshots (stream bigint NOT NULL, number bigint NOT NULL, epoch bigint NOT NULL DEFAULT 0, timestamp bigint NOT NULL, checksum bigint NOT NULL, manifest text NOT NULL, payload bytea NOT NULL, PRIMARY KEY (stream, number))",
        // Room on the page: a row that changes twice a second is changed in place.
        "CREATE TABLE leases (name text PRIMARY KEY, owner integer, epoch bigint NOT NULL) WITH (fillfactor = 50)",
        "CREATE TABLE members (uid integer PRIMARY KEY, address text NOT NULL, roles text NOT NULL, status text NOT NULL, up_number integer NOT NULL DEFAULT 0, beat bigint NOT NULL DEFAULT 0, suspects text NOT NULL DEFAULT '') WITH (fillfactor = 20)",
        "CREATE TABLE entities (shard text NOT NULL, entity text NOT NULL, PRIMARY KEY (shard, entity))",
        "CREATE TABLE files (name text PRIMARY KEY, content bytea NOT NULL)",
        "CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL)",
        "INSERT INTO counters (name, value) VALUES ('up', 0)",
        "INSERT INTO counters (name, value) VALUES ('schema', 2)",
    ];

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="JournalCorruptException">The tables are of a later version.</exception>
    public static void Ensure(PostgresSession session, PostgresSettings settings) => session.Read(connection =>
    {
        if (Exists(connection, settings)) return true;
        // Of the session, and not of the transaction: one that waited for it would not see the names that were made meanwhile.
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({Lock})"));
        try
        {
            if (!Exists(connection, settings)) Make(connection, settings);
        }
        finally
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_unlock({Lock})"));
        }
        return true;
    });

    private static void Make(NpgsqlConnection connection, PostgresSettings settings)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute($"CREATE SCHEMA IF NOT EXISTS {settings.Schema}");
        foreach (var table in Tables) connection.Execute(table);
        transaction.Commit();
    }

    private static bool Exists(NpgsqlConnection connection, PostgresSettings settings)
    {
        if (connection.Scalar<string>("SELECT to_regclass($1)::text", PostgresCommands.Value($"{settings.Schema}.counters")) is null) return false;
        var version = connection.Scalar<long>("SELECT value FROM counters WHERE name = 'schema'");
        return version == Version
            ? true
            : throw new JournalCorruptException($"The schema {settings.Schema} of the database has the version {version}; this program knows {Version}");
    }
}
