using System.Data.Common;
using Akka.Configuration;
using AkkaKube.Persistence;
using Npgsql;
using System.Globalization;

namespace AkkaKube.Host.Data;

/// <summary>The database that the hosts of a cluster share, as <c>--database</c> names it.</summary>
internal abstract record SharedDatabase
{
    /// <summary>A PostgreSQL server, by the connection string of its driver.</summary>
    public sealed record Postgres(string ConnectionString) : SharedDatabase
    {
        public override string Shown
        {
            get
            {
                // Not the password, and none of what nobody asked for.
                var all = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
                string Of(string key) => all.TryGetValue(key, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "";
                return $"PostgreSQL {Of("Host")}{(Of("Port") is { Length: > 0 } port ? ":" + port : "")}/{Of("Database")}";
            }
        }
    }

    /// <summary>A file of SQLite, for hosts that are processes of one machine.</summary>
    public sealed record Sqlite(string Path) : SharedDatabase
    {
        public override string Shown => Path;
    }

    /// <summary>How messages name it.</summary>
    public abstract string Shown { get; }

    /// <summary>Takes <c>postgres://user:password@host:5432/name?option=value</c>, <c>Host=...;Database=...</c>, or a path.</summary>
    /// <exception cref="Refusal">It is none of these.</exception>
    public static SharedDatabase Parse(string text)
    {
        if (text.Trim().Length == 0) throw new Refusal("--database is empty: give a PostgreSQL connection string or URL, or the path of a SQLite file.");
        if (text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)) return FromUrl(text);
        if (text.Contains("://", StringComparison.Ordinal)) throw new Refusal($"--database {text[..text.IndexOf("://", StringComparison.Ordinal)]}://...: only postgres:// is known; anything else is the path of a SQLite file.");
        if (!text.Contains('=', StringComparison.Ordinal) || File.Exists(text)) return new Sqlite(Path.GetFullPath(text));
        Read(text);
        return new Postgres(text);
    }

    private static Postgres FromUrl(string text)
    {
        var parsed = Read(text);
        return string.IsNullOrEmpty(parsed.Database)
            ? throw new Refusal("--database: the URL names no database: postgres://user:password@host:5432/name.")
            : new Postgres(parsed.ConnectionString);
    }

    private static NpgsqlConnectionStringBuilder Read(string text)
    {
        try { return PostgresAddress.Parse(text); }
        catch (ConfigurationException fault) { throw new Refusal($"--database: {fault.Message}", fault); }
    }
}
