using System.Globalization;
using Akka.Configuration;
using Npgsql;

namespace AkkaKube.Persistence;

/// <summary>Where a database of PostgreSQL is: a URL as libpq takes it, or a connection string of Npgsql.</summary>
public static class PostgresAddress
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["password"] = "Password",
        ["dbname"] = "Database",
        ["options"] = "Options",
        ["passfile"] = "Passfile",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>The settings of a connection.</summary>
    /// <param name="address">The URL or the connection string.</param>
    /// <exception cref="ConfigurationException">It cannot be read; the message never has the password in it.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string address)
    {
        try
        {
            var builder = address.StartsWith("postgres://", StringComparison.Ordinal) || address.StartsWith("postgresql://", StringComparison.Ordinal)
                ? FromUrl(address)
                : new NpgsqlConnectionStringBuilder(address);
            if (string.IsNullOrEmpty(builder.Host)) throw new ConfigurationException("The address of the database names no host");
            return builder;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ConfigurationException($"The address of the database cannot be read: {e.Message}. Expected a URL such as postgres://user:password@host:5432/database?sslmode=require, or a connection string such as Host=...;Database=...;Username=...;Password=...");
        }
    }

    /// <summary>Host, port and database, for messages.</summary>
    internal static string Name(NpgsqlConnectionStringBuilder address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}/{(string.IsNullOrEmpty(address.Database) ? address.Username : address.Database)}");

    private static NpgsqlConnectionStringBuilder FromUrl(string text)
    {
        // A URI may name no host when a parameter does (a folder with a Unix socket); Uri takes no such authority for granted.
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var query = rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? rest[(mark + 1)..] : "";
        var path = query.Length > 0 || rest.EndsWith('?') ? rest[..rest.IndexOf('?', StringComparison.Ordinal)] : rest;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? path : path[..slash];
        var builder = new NpgsqlConnectionStringBuilder();
        if (slash >= 0 && slash < path.Length - 1) builder.Database = Uri.UnescapeDataString(path[(slash + 1)..]);
        if (authority.LastIndexOf('@') is >= 0 and var at)
        {
            var user = authority[..at].Split(':', 2);
            if (user[0].Length > 0) builder.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length == 2) builder.Password = Uri.UnescapeDataString(user[1]);
            authority = authority[(at + 1)..];
        }
        if (authority.LastIndexOf(':') is >= 0 and var colon && authority.LastIndexOf(']') < colon)
        {
            builder.Port = int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
                ? port
                : throw new FormatException($"'{authority[(colon + 1)..]}' is no port");
            authority = authority[..colon];
        }
        if (authority.Length > 0) builder.Host = Uri.UnescapeDataString(authority.Trim('[', ']'));
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = parameter.Split('=', 2);
            if (!Keywords.TryGetValue(Uri.UnescapeDataString(pair[0]), out var keyword)) throw new FormatException($"the parameter '{pair[0]}' is not known");
            var value = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
            // libpq writes verify-full, Npgsql VerifyFull.
            builder[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        return builder;
    }
}
