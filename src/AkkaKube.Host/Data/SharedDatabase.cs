using System.Data.Common;
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
        try
        {
            var parsed = new DbConnectionStringBuilder { ConnectionString = text };
            if (!parsed.ContainsKey("Host") && !parsed.ContainsKey("Server")) throw new Refusal("--database: the connection string names no Host.");
            return new Postgres(text);
        }
        catch (ArgumentException fault)
        {
            throw new Refusal($"--database: this is no connection string: {fault.Message}", fault);
        }
    }

    private static Postgres FromUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0) throw new Refusal("--database: this is no URL of PostgreSQL: postgres://user:password@host:5432/name.");
        var name = Uri.UnescapeDataString(url.AbsolutePath.Trim('/'));
        if (name.Length == 0) throw new Refusal("--database: the URL names no database: postgres://user:password@host:5432/name.");
        var parsed = new DbConnectionStringBuilder { ["Host"] = url.Host.Trim('[', ']'), ["Database"] = name };
        if (url.Port > 0) parsed["Port"] = url.Port.ToString(CultureInfo.InvariantCulture);
        var who = url.UserInfo.Split(':', 2);
        if (who[0].Length > 0) parsed["Username"] = Uri.UnescapeDataString(who[0]);
        if (who.Length > 1) parsed["Password"] = Uri.UnescapeDataString(who[1]);
        foreach (var option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            if (pair.Length != 2) throw new Refusal($"--database: '{option}' in the URL has no value.");
            // libpq's spelling of the options that have another one in .NET.
            var key = pair[0] switch { "sslmode" => "SSL Mode", "connect_timeout" => "Timeout", "application_name" => "Application Name", "sslrootcert" => "Root Certificate", "passfile" => "Passfile", var other => other };
            var value = Uri.UnescapeDataString(pair[1]);
            parsed[key] = key == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return new Postgres(parsed.ConnectionString);
    }
}
