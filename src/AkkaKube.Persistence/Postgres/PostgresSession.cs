using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace AkkaKube.Persistence;

/// <summary>
/// A connection that is made when it is needed and given up when anything is wrong with it; the next call makes a new one. Used by one thread at a
/// time. Nothing is tried twice: whether a statement was done whose answer did not come is not known.
/// </summary>
internal sealed class PostgresSession : IDisposable
{
    /// <summary>A server that is there lets us in within this time.</summary>
    private const int ConnectSeconds = 2;

    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly string _opening;
    private NpgsqlConnection? _connection;

    /// <summary>Connects at the first call.</summary>
    /// <param name="settings">Where, and in which schema.</param>
    /// <param name="timeout">How long an answer may take; rounded up to whole seconds.</param>
    /// <param name="durability">What a commit on this connection waits for.</param>
    /// <param name="streams">True for replays, which last as long as who reads them takes; the limit is then on each answer alone.</param>
    public PostgresSession(PostgresSettings settings, TimeSpan timeout, Durability durability, bool streams = false)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds));
        var address = PostgresAddress.Parse(settings.Connection);
        address.Pooling = false;
        address.Timeout = Math.Min(seconds, address.ContainsKey("Timeout") && address.Timeout > 0 ? address.Timeout : ConnectSeconds);
        address.CommandTimeout = seconds;
        // A connection that lies idle is kept alive on the way, or found out to be dead.
        (address.TcpKeepAlive, address.TcpKeepAliveTime, address.TcpKeepAliveInterval) = (true, 30, 5);
        // A server that does not answer will not answer a cancellation either.
        address.CancellationTimeout = -1;
        // Asked for by name or not at all: asking a server that does not know it costs a connection, and hangs where the server hangs.
        if (!address.ContainsKey("GSS Encryption Mode")) address.GssEncryptionMode = GssEncryptionMode.Disable;
        address.MaxAutoPrepare = 32;
        address.AutoPrepareMinUsages = 2;
        address.SearchPath = settings.Schema;
        address.ApplicationName ??= "akkakube";
        address.IncludeErrorDetail = true;
        _address = address;
        // The server gives up when we do, so that nothing of ours goes on there that nobody waits for.
        _opening = string.Create(CultureInfo.InvariantCulture,
            $"SET synchronous_commit = {(durability == Durability.Full ? "on" : "off")}; SET statement_timeout = {(streams ? 0 : seconds * 1000)}; SET idle_in_transaction_session_timeout = {seconds * 1000}");
    }

    /// <summary>Uses the connection.</summary>
    /// <exception cref="JournalException">In our words what went wrong; <see cref="DatabaseUnreachableException"/> when it may have been done or not.</exception>
    public T Run<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            return work(_connection ??= Open());
        }
        catch (PostgresException e)
        {
            var fault = PostgresFaults.Of(e, _address);
            if (fault is DatabaseUnreachableException) Drop();
            throw fault;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or SocketException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            Drop();
            throw PostgresFaults.Of(e, _address);
        }
        finally
        {
            if (_connection is { FullState: not System.Data.ConnectionState.Open }) Drop();
        }
    }

    /// <summary>The same for what reads and may be asked again: once more where a connection that lay idle turns out to be dead.</summary>
    public T Read<T>(Func<NpgsqlConnection, T> work)
    {
        var idle = _connection is not null;
        try
        {
            return Run(work);
        }
        catch (DatabaseUnreachableException) when (idle && _connection is null)
        {
            return Run(work);
        }
    }

    public void Dispose() => Drop();

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(_address.ConnectionString);
        try
        {
            // The driver's own limit, which it counts down in milliseconds, is none at all where less than one is left.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_address.Timeout));
            connection.OpenAsync(limit.Token).GetAwaiter().GetResult();
            using var opening = new NpgsqlCommand(_opening, connection);
            opening.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Drop()
    {
        var connection = _connection;
        _connection = null;
        connection?.Dispose();
    }
}
