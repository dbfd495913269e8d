using System.Runtime.InteropServices;
using SQLitePCL;

namespace AkkaKube.Persistence;

/// <summary>A connection of SQLite's own C interface. Used by one thread at a time.</summary>
internal sealed class SqliteConnection : IDisposable
{
    /// <summary>Milliseconds for which a statement waits for other connections.</summary>
    public const int OwnPatience = 5000;

    private const int FileControlHasMoved = 20;

    private readonly sqlite3 _handle;
    private readonly string _path;

    static SqliteConnection() => Batteries_V2.Init();

    public SqliteConnection(string path, bool readOnly)
    {
        _path = path;
        var flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var result = raw.sqlite3_open_v2(path, out _handle, flags, null);
        if (result == raw.SQLITE_OK)
        {
            Patience(OwnPatience);
            return;
        }
        var why = raw.sqlite3_errstr(result).utf8_to_string();
        _handle.Dispose();
        throw new JournalException($"Cannot open {path}: {why}");
    }

    /// <summary>True when the file at the path is no longer the one that is open.</summary>
    public bool HasMoved()
    {
        var moved = 0;
        return sqlite3_file_control(_handle.DangerousGetHandle(), "main", FileControlHasMoved, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    public void Patience(int milliseconds) => raw.sqlite3_busy_timeout(_handle, milliseconds);

    /// <summary>The rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    public void Execute(string sql)
    {
        using var statement = Prepare(sql);
        while (statement.Step()) { }
    }

    /// <summary>The first column of the first row.</summary>
    public string Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public void Check(int result)
    {
        if (result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        var text = $"{_path}: {raw.sqlite3_errmsg(_handle).utf8_to_string()}";
        throw (raw.sqlite3_extended_errcode(_handle) & 0xff) switch
        {
            raw.SQLITE_FULL => new JournalFullException(text),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new JournalCorruptException(text),
            raw.SQLITE_READONLY when HasMoved() => new JournalLostException(text),
            _ => new JournalException(text),
        };
    }

    public void Dispose() => _handle.Dispose();

    // Not among the functions that the managed library offers.
    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_file_control(IntPtr db, string name, int operation, ref int argument);
}
