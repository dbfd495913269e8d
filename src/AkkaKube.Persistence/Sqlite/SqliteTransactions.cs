using System.Globalization;

namespace AkkaKube.Persistence;

/// <summary>Writes on a connection, each one whole or not at all, and beside other processes where the file is shared. Used by one thread at a time.</summary>
internal sealed class SqliteTransactions : IDisposable
{
    /// <summary>How long the turn is waited for before a write goes on without it.</summary>
    private const long CourtesyMilliseconds = 200;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteTurn? _turn;
    private readonly bool _urgent;
    private readonly string _path;
    private readonly TimeSpan _patience;
    private readonly ManualResetEventSlim _pause = new(false, 0);
    private JournalLostException? _lost;

    /// <summary>Of this connection.</summary>
    /// <param name="connection">Stays its owner's to close.</param>
    /// <param name="settings">Of the file.</param>
    /// <param name="urgent">True for what is small and may not wait: a sign of life. It takes the turn if it gets it, so that the next one lets it in, and waits for it not.</param>
    public SqliteTransactions(SqliteConnection connection, SqliteSettings settings, bool urgent)
    {
        _connection = connection;
        _path = settings.Path;
        _patience = settings.Patience;
        _urgent = urgent;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _turn = settings.Shared ? new SqliteTurn(settings.Path) : null;
    }

    /// <summary>Does the work in a transaction; on return it is as durable as the connection makes it.</summary>
    /// <exception cref="JournalLostException">The file is gone; what was written is in no file any more.</exception>
    /// <exception cref="DatabaseUnreachableException">Other processes kept the file busy for too long; nothing was written.</exception>
    public void Run(Action work)
    {
        if (_lost is not null) throw _lost;
        try
        {
            Begin();
            work();
            _commit.Run();
        }
        catch
        {
            if (_connection.InTransaction) _connection.Execute("ROLLBACK");
            throw;
        }
        // SQLite would go on writing into a file that has no name any more.
        if (_connection.HasMoved()) throw _lost = new JournalLostException($"{_path} is gone or was replaced while it was open: what was written since is in no file");
    }

    public T Run<T>(Func<T> work)
    {
        var result = default(T);
        Run(() => { result = work(); });
        return result!;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _turn?.Dispose();
        _pause.Dispose();
    }

    private void Begin()
    {
        if (_turn is null)
        {
            _begin.Run();
            return;
        }
        var start = Environment.TickCount64;
        var mine = _turn.TryTake();
        try
        {
            while (!(mine || _urgent || Waited(start) > CourtesyMilliseconds))
            {
                _pause.Wait(1);
                mine = _turn.TryTake();
            }
            while (!_begin.TryRun())
            {
                if (Waited(start) > _patience.TotalMilliseconds)
                {
                    throw new DatabaseUnreachableException(string.Create(CultureInfo.InvariantCulture, $"{_path} was kept busy by other processes for more than {_patience.TotalSeconds} s"));
                }
                _pause.Wait(1);
                mine = mine || _turn.TryTake();
            }
        }
        finally
        {
            if (mine) _turn.Give();
        }
    }

    private static long Waited(long start) => Environment.TickCount64 - start;
}
