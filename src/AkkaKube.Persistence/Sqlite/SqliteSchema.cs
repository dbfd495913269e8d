using System.Globalization;

namespace AkkaKube.Persistence;

/// <summary>The tables and how a file is opened. The columns are explained in docs/persistence.md.</summary>
internal static class SqliteSchema
{
    /// <summary>"AKub": a file of ours.</summary>
    private const int ApplicationId = 0x414B7562;

    private const int Version = 1;

    private static readonly string[] Tables =
    [
        "CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, deleted_to INTEGER NOT NULL DEFAULT 0, epoch INTEGER NOT NULL DEFAULT 0)",
        "CREATE TABLE events (position INTEGER PRIMARY KEY, epoch INTEGER NOT NULL DEFAULT 0, timestamp INTEGER NOT NULL, checksum INTEGER NOT NULL, manifest TEXT NOT NULL, payload BLOB NOT NULL)",
        "CREATE TABLE snapshots (stream INTEGER NOT NULL, number INTEGER NOT NULL, epoch INTEGER NOT NULL DEFAULT 0, timestamp INTEGER NOT NULL, checksum INTEGER NOT NULL, manifest TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (stream, number))",
    ];

    /// <summary>Opens the file for writing; makes the tables in a new one.</summary>
    /// <exception cref="JournalCorruptException">It is damaged, or no file of ours, or of a later version.</exception>
    public static SqliteConnection Open(SqliteSettings settings)
    {
        var size = File.Exists(settings.Path) ? new FileInfo(settings.Path).Length : 0;
        var connection = new SqliteConnection(settings.Path, readOnly: false);
        try
        {
            connection.Execute("PRAGMA busy_timeout = 5000");
            if (size == 0) connection.Execute(Text($"PRAGMA page_size = {settings.PageSize}"));
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute($"PRAGMA synchronous = {settings.Durability switch { Durability.Full => "FULL", Durability.Normal => "NORMAL", _ => "OFF" }}");
            connection.Execute(Text($"PRAGMA wal_autocheckpoint = {Math.Max(1, settings.CheckpointBytes / settings.PageSize)}"));
            connection.Execute(Text($"PRAGMA journal_size_limit = {settings.CheckpointBytes * 2}"));
            if (settings.MaxBytes > 0) connection.Execute(Text($"PRAGMA max_page_count = {Math.Max(1, settings.MaxBytes / settings.PageSize)}"));
            Verify(connection, settings, size);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Verify(SqliteConnection connection, SqliteSettings settings, long size)
    {
        var application = connection.Scalar("PRAGMA application_id");
        var version = connection.Scalar("PRAGMA user_version");
        if (application == "0" && connection.Scalar("SELECT count(*) FROM sqlite_master") == "0")
        {
            connection.Execute("BEGIN IMMEDIATE");
            foreach (var table in Tables) connection.Execute(table);
            connection.Execute(Text($"PRAGMA application_id = {ApplicationId}"));
            connection.Execute(Text($"PRAGMA user_version = {Version}"));
            connection.Execute("COMMIT");
            return;
        }
        if (application != Text($"{ApplicationId}")) throw new JournalCorruptException($"{settings.Path} is no journal of AkkaKube");
        if (version != Text($"{Version}")) throw new JournalCorruptException($"{settings.Path} has the schema {version}; this program knows {Version}");
        if (size > settings.CheckUpToBytes) return;
        var found = connection.Scalar("PRAGMA quick_check(1)");
        if (found != "ok") throw new JournalCorruptException($"{settings.Path} is damaged: {found}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
