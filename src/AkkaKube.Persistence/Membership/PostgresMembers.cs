using System.Collections.Immutable;
using System.Data.Common;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Npgsql;
using static AkkaKube.Persistence.PostgresCommands;

namespace AkkaKube.Persistence;

/// <summary>
/// Members and leases in PostgreSQL. What is one statement is one transaction in one round trip. Rows are locked in one order, member before lease and
/// leases by name, so nothing waits in a circle.
/// </summary>
internal sealed class PostgresMembers : IMemberStore
{
    /// <summary>Both tables in one statement, so that they are of one moment.</summary>
    private const string Select = """
        SELECT uid, address, roles, status, up_number, beat, suspects FROM members
        UNION ALL SELECT owner, name, NULL, NULL, NULL, epoch, NULL FROM leases
        """;

    private const string TakerIsUp = "WITH taker AS MATERIALIZED (SELECT uid FROM members WHERE uid = $1 AND status IN ('Up', 'Leaving') FOR SHARE)";

    private readonly PostgresSession _session;

    public PostgresMembers(PostgresSettings settings, TimeSpan timeout)
    {
        // A lease that was given may not be forgotten by a server that crashes: always durable, whatever the journal does.
        _session = new PostgresSession(settings, timeout, Durability.Full);
        try
        {
            PostgresSchema.Ensure(_session, settings);
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    public TableView Read() => _session.Read(connection =>
    {
        using var command = connection.Command(Select);
        using var rows = command.ExecuteReader();
        return View(rows);
    });

    public void Join(int uid, string address, ImmutableHashSet<string> roles) => _session.Run(connection => connection.Execute("""
        WITH joined AS (INSERT INTO members (uid, address, roles, status) VALUES ($1, $2, $3, 'Joining') ON CONFLICT DO NOTHING RETURNING uid)
        UPDATE members SET status = 'Down' WHERE address = $2 AND uid <> $1 AND EXISTS (SELECT 1 FROM joined)
        """, Value(uid), Value(address), Value(MemberColumns.Of(roles))));

    public TableView? Renew(int uid, ImmutableHashSet<int> suspects) => _session.Run(connection =>
    {
        // Both statements travel together and are one transaction.
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE members SET beat = beat + 1, suspects = $2 WHERE uid = $1 AND status <> 'Down'") { Parameters = { Value(uid), Value(MemberColumns.Of(suspects)) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Select));
        using var rows = batch.ExecuteReader();
        var view = View(rows);
        return batch.BatchCommands[0].RecordsAffected == 0 ? null : view;
    });

    public bool Move(int uid, MemberStatus from, MemberStatus to) => _session.Run(connection => to == MemberStatus.Up
        ? connection.Execute("""
            WITH next AS (UPDATE counters SET value = value + 1 WHERE name = 'up' AND EXISTS (SELECT 1 FROM members WHERE uid = $1 AND status = $2) RETURNING value)
            UPDATE members SET status = 'Up', up_number = next.value FROM next WHERE uid = $1 AND status = $2
            """, Value(uid), Value(MemberColumns.Of(from))) > 0
        : connection.Execute("UPDATE members SET status = $3 WHERE uid = $1 AND status = $2", Value(uid), Value(MemberColumns.Of(from)), Value(MemberColumns.Of(to))) > 0);

    public bool Down(int uid, long? beat) => _session.Run(connection => beat is { } seen
        ? connection.Execute("UPDATE members SET status = 'Down' WHERE uid = $1 AND status <> 'Down' AND beat = $2", Value(uid), Value(seen)) > 0
        : connection.Execute("UPDATE members SET status = 'Down' WHERE uid = $1 AND status <> 'Down'", Value(uid)) > 0);

    public void Remove(int uid) => _session.Run(connection =>
    {
        using var transaction = connection.BeginTransaction();
        if (connection.Execute("DELETE FROM members WHERE uid = $1 AND status IN ('Down', 'Exiting')", Value(uid)) == 0) return false;
        connection.Execute("UPDATE leases SET owner = NULL WHERE name IN (SELECT name FROM leases WHERE owner = $1 ORDER BY name FOR UPDATE)", Value(uid));
        transaction.Commit();
        return true;
    });

    public LeaseRow? Take(string name, int uid, long seenEpoch) => _session.Run(connection =>
    {
        var taken = seenEpoch == 0
            ? connection.Execute($"{TakerIsUp} INSERT INTO leases (name, owner, epoch) SELECT $2, uid, 1 FROM taker ON CONFLICT DO NOTHING", Value(uid), Value(name))
            : connection.Execute($"{TakerIsUp} UPDATE leases SET owner = uid, epoch = epoch + 1 FROM taker WHERE name = $2 AND epoch = $3", Value(uid), Value(name), Value(seenEpoch));
        return taken == 0 ? null : new LeaseRow(name, uid, seenEpoch + 1);
    });

    public bool Release(string name, int uid, long epoch) => _session.Run(connection =>
        connection.Execute("UPDATE leases SET owner = NULL WHERE name = $1 AND owner = $2 AND epoch = $3", Value(name), Value(uid), Value(epoch)) > 0);

    public void Remember(string shard, IReadOnlyCollection<string> entities, bool remembered) => _session.Run(connection => connection.Execute(
        remembered ? "INSERT INTO entities (shard, entity) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING" : "DELETE FROM entities WHERE shard = $1 AND entity = ANY($2)",
        Value(shard), Value(entities.ToArray())));

    public ImmutableHashSet<string> Remembered(string shard) => _session.Read(connection =>
    {
        using var command = connection.Command("SELECT entity FROM entities WHERE shard = $1", Value(shard));
        using var rows = command.ExecuteReader();
        var entities = ImmutableHashSet.CreateBuilder<string>();
        while (rows.Read()) entities.Add(rows.GetString(0));
        return entities.ToImmutable();
    });

    public void Dispose() => _session.Dispose();

    private static TableView View(DbDataReader rows)
    {
        var members = ImmutableList.CreateBuilder<MemberRow>();
        var leases = ImmutableDictionary.CreateBuilder<string, LeaseRow>(StringComparer.Ordinal);
        while (rows.Read())
        {
            var name = rows.GetString(1);
            if (rows.IsDBNull(3)) leases[name] = new LeaseRow(name, rows.IsDBNull(0) ? null : rows.GetInt32(0), rows.GetInt64(5));
            else members.Add(MemberColumns.Row(rows.GetInt32(0), name, rows.GetString(2), rows.GetString(3), rows.GetInt32(4), rows.GetInt64(5), rows.GetString(6)));
        }
        return new TableView(members.ToImmutable(), leases.ToImmutable());
    }
}
