using System.Diagnostics;
using SQLitePCL;

namespace AkkaKube.Benchmarks.Clients;

/// <summary>What the disk and SQLite give without anything of ours: rows in groups, each group a transaction that is durable.</summary>
public static class RawGroups
{
    private const int RowsOfGroup = 1024;

    /// <summary>Rows per second of so many groups.</summary>
    public static double Rate(int groups, int bytes)
    {
        Batteries_V2.Init();
        var data = Directory.CreateTempSubdirectory("akkakube-bench-").FullName;
        try
        {
            Check(raw.sqlite3_open(Path.Combine(data, "raw.db"), out var database));
            using (database)
            {
                foreach (var pragma in (string[])["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE events (position INTEGER PRIMARY KEY, payload BLOB NOT NULL)"]) Check(raw.sqlite3_exec(database, pragma));
                Check(raw.sqlite3_prepare_v2(database, "INSERT INTO events (payload) VALUES (?)", out var insert));
                using (insert) return Rate(database, insert, groups, bytes);
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static double Rate(sqlite3 database, sqlite3_stmt insert, int groups, int bytes)
    {
        var payload = new byte[bytes];
        Random.Shared.NextBytes(payload);
        var elapsed = Stopwatch.StartNew();
        for (var group = 0; group < groups; group++)
        {
            Check(raw.sqlite3_exec(database, "BEGIN"));
            for (var row = 0; row < RowsOfGroup; row++)
            {
                Check(raw.sqlite3_bind_blob(insert, 1, payload));
                if (raw.sqlite3_step(insert) != raw.SQLITE_DONE) throw new InvalidOperationException("The row was not taken.");
                Check(raw.sqlite3_reset(insert));
            }

            Check(raw.sqlite3_exec(database, "COMMIT"));
        }

        return groups * RowsOfGroup / elapsed.Elapsed.TotalSeconds;
    }

    private static void Check(int result)
    {
        if (result != raw.SQLITE_OK) throw new InvalidOperationException($"SQLite answered {result}.");
    }
}
