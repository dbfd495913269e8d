using SQLitePCL;

namespace AkkaKube.Persistence;

/// <summary>A prepared statement. Columns are read while it stands on a row; parameters and columns count from 1 and from 0, as in SQLite.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt statement) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public SqliteStatement BindNull(int parameter)
    {
        connection.Check(raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        connection.Check(raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        connection.Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, parameter, 0) : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false when there is none, and then it can be run again.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE)
        {
            try
            {
                connection.Check(result);
            }
            finally
            {
                raw.sqlite3_reset(statement);
            }
        }
        raw.sqlite3_reset(statement);
        return false;
    }

    /// <summary>Runs it for what it does.</summary>
    public void Run()
    {
        while (Step()) { }
    }

    /// <summary>Runs it at once or, when another connection has the file, not at all.</summary>
    public bool TryRun()
    {
        connection.Patience(0);
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        connection.Patience(SqliteConnection.OwnPatience);
        if ((result & 0xff) == raw.SQLITE_BUSY) return false;
        connection.Check(result);
        return true;
    }

    public void Reset() => raw.sqlite3_reset(statement);

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public void Dispose() => statement.Dispose();
}
