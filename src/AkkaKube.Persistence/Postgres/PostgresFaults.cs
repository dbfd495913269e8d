using System.Net.Sockets;
using Npgsql;

namespace AkkaKube.Persistence;

/// <summary>What goes wrong with PostgreSQL, in our words.</summary>
internal static class PostgresFaults
{
    public static JournalException Of(Exception fault, NpgsqlConnectionStringBuilder address)
    {
        var name = PostgresAddress.Name(address);
        return fault switch
        {
            PostgresException e => Of(e, address, name),
            _ when Inner<TimeoutException>(fault) is not null || Inner<OperationCanceledException>(fault) is not null => new DatabaseUnreachableException($"The database at {name} did not answer in time", fault),
            _ when Inner<SocketException>(fault) is { } socket => new DatabaseUnreachableException($"Cannot reach the database at {name}: {socket.Message}. Does it run there, and does no firewall stand between?", fault),
            _ => new DatabaseUnreachableException($"The connection to the database at {name} failed: {fault.Message}", fault),
        };
    }

    private static JournalException Of(PostgresException e, NpgsqlConnectionStringBuilder address, string name) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new JournalException($"The database at {name} does not let {address.Username} in: {e.MessageText}. Check user and password, and pg_hba.conf on the server", e),
        PostgresErrorCodes.InvalidCatalogName => new JournalException($"The database {address.Database} does not exist at {address.Host}: create it first (createdb {address.Database})", e),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => new JournalFullException($"The database at {name} has no space left: {e.MessageText}"),
        PostgresErrorCodes.UniqueViolation => new JournalException($"{name}: the number is taken: {e.Detail ?? e.MessageText}", e),
        PostgresErrorCodes.InsufficientPrivilege => new JournalException($"{address.Username} may not do that in the database at {name}: {e.MessageText}", e),
        PostgresErrorCodes.ReadOnlySqlTransaction => new DatabaseUnreachableException($"The database at {name} is read-only, a standby perhaps: {e.MessageText}", e),
        PostgresErrorCodes.QueryCanceled => new DatabaseUnreachableException($"The database at {name} did not answer in time: {e.MessageText}", e),
        PostgresErrorCodes.TooManyConnections => new DatabaseUnreachableException($"The database at {name} has no connection left: {e.MessageText}. A host takes four (max_connections)", e),
        "XX001" or "XX002" => new JournalCorruptException($"{name}: {e.MessageText}"),
        _ when e.SqlState.StartsWith("57", StringComparison.Ordinal) || e.SqlState.StartsWith("08", StringComparison.Ordinal) =>
            new DatabaseUnreachableException($"The database at {name} ended the connection: {e.MessageText}", e),
        _ => new JournalException($"{name}: {e.MessageText} ({e.SqlState})", e),
    };

    private static T? Inner<T>(Exception fault) where T : Exception
    {
        for (var e = fault; e is not null; e = e.InnerException!)
        {
            if (e is T found) return found;
        }
        return null;
    }
}
