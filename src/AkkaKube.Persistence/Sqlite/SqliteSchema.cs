using System.Globalization;

namespace AkkaKube.Persistence;

/// <summary>The tables and how a file is opened. The columns are explained in docs/persistence.md.</summary>
internal static class SqliteSchema
{
    /// <summary>"AKub": a file of ours.</summary>
    private const int ApplicationId = 0x414B7562;

    private const int Version = 2;

    private const string Streams = "CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, deleted_to INTEGER NOT NULL DEFAULT 0)";
    private const string Events = "CREATE TABLE events (position INTEGER PRIMARY KEY, epoch INTEGER NOT NULL DEFAULT 0, timestamp INTEGER NOT NULL, checksum INTEGER NOT NULL, manifest TEXT NOT NULL, payload BLOB NOT NULL)";
    private const string Snapshots = "CREATE TABLE snapshots (stream INTEGER NOT NULL, number INTEGER NOT NULL, epoch INTEGER NOT NULL DEFAULT 0, timestamp INTEGER NOT NULL, checksum INTEGER NOT NULL, manifest TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (stream, number))";

    /// <summary>What a host of a cluster needs beside the journal; since version 2.</summary>
    private static readonly string[] Cluster =
    [
        "CREATE TABLE leases (name TEXT PRIMARY KEY, owner INTEGER, epoch INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE members (uid INTEGER PRIMARY KEY, address TEXT NOT NULL, roles TEXT NOT NULL, status TEXT NOT NULL, up_number INTEGER NOT NULL DEFAULT 0, beat INTEGER NOT NULL DEFAULT 0, suspects TEXT NOT NULL DEFAULT '')",
        "CREATE TABLE entities (shard TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (shard, entity)) WITHOUT ROWID",
        "CREATE TABLE files (name TEXT PRIMARY KEY, content BLOB NOT NULL)",
        "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
        "INSERT INTO counters (name, value) VALUES ('up', 0)",
    ];

    private static readonly string[] New = [Streams, Events, Snapshots, .. Cluster];

    private static readonly string[] FromVersion1 = ["ALTER TABLE streams DROP COLUMN epoch", .. Cluster];

    /// <summary>Opens the file for writing; makes the tables in a new one.</summary>
    /// <exception cref="JournalCorruptException">It is damaged, or no file of ours, or of a later version.</exception>
    public static SqliteConnection Open(SqliteSettings settings)
    {
        // Where several processes open a new file at once, one after the other.
        using var turn = settings.Shared ? new SqliteTurn(settings.Path) : null;
        using var pause = new ManualResetEventSlim(false, 0);
        var start = Environment.TickCount64;
        while (turn?.TryTake() == false && Environment.TickCount64 - start < SqliteConnection.OwnPatience) pause.Wait(1);
        return OpenAlone(settings);
    }

    private static SqliteConnection OpenAlone(SqliteSettings settings)
    {
        if (!File.Exists(settings.Path)) MakePrivate(settings.Path);
        var size = File.Exists(settings.Path) ? new FileInfo(settings.Path).Length : 0;
        var connection = new SqliteConnection(settings.Path, readOnly: false);
        try
        {
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

    /// <summary>
    /// Keys and Secrets stand in it, whoever may look into its folder: SQLite would make it readable for everybody. Its log gets the rights of the file. Only a
    /// file that nobody has yet is touched: to close another one would give up the locks that this process has on it.
    /// </summary>
    private static void MakePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try { new FileStream(path, options).Dispose(); }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException) { /* Another process was faster, or SQLite says what is wrong. */ }
    }

    private static void Verify(SqliteConnection connection, SqliteSettings settings, long size)
    {
        if (Change(connection, settings)) return;
        if (size > settings.CheckUpToBytes) return;
        var found = connection.Scalar("PRAGMA quick_check(1)");
        if (found != "ok") throw new JournalCorruptException($"{settings.Path} is damaged: {found}");
    }

    /// <summary>Makes the tables in a new file, or what an older one lacks. False when it has all.</summary>
    private static bool Change(SqliteConnection connection, SqliteSettings settings)
    {
        var application = connection.Scalar("PRAGMA application_id");
        var version = connection.Scalar("PRAGMA user_version");
        var isNew = application == "0" && connection.Scalar("SELECT count(*) FROM sqlite_master") == "0";
        if (!isNew && application != Text($"{ApplicationId}")) throw new JournalCorruptException($"{settings.Path} is no journal of AkkaKube");
        if (!isNew && version == Text($"{Version}")) return false;
        if (!isNew && version != "1") throw new JournalCorruptException($"{settings.Path} has the schema {version}; this program knows {Version}");
        connection.Execute("BEGIN IMMEDIATE");
        foreach (var statement in isNew ? New : FromVersion1) connection.Execute(statement);
        connection.Execute(Text($"PRAGMA application_id = {ApplicationId}"));
        connection.Execute(Text($"PRAGMA user_version = {Version}"));
        connection.Execute("COMMIT");
        return isNew;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
