using Npgsql;
using static AkkaKube.Persistence.PostgresCommands;

namespace AkkaKube.Persistence;

/// <summary>
/// The tables in PostgreSQL. What writes is one statement, which looks at the leases, locks them against a new owner until it is committed, and writes
/// only if all of them are held: one round trip for a group, and a host that is stopped in the middle leaves no lock behind.
/// </summary>
internal sealed class PostgresJournalTable : IJournalTable
{
    private const int NumberBits = 40;
    private const long MaxNumber = (1L << NumberBits) - 1;

    /// <summary>Parameters 1 and 2: the leases and their epochs, by name. <c>fenced.held</c> is true when every one is held; none, when nothing is fenced.</summary>
    private const string Fenced = """
        WITH held AS MATERIALIZED (SELECT name, epoch FROM leases WHERE name = ANY($1) AND owner IS NOT NULL ORDER BY name FOR SHARE),
        fenced AS MATERIALIZED (SELECT (SELECT count(*) FROM held JOIN unnest($1::text[], $2::bigint[]) AS wanted (name, epoch) USING (name, epoch)) = cardinality($1::text[]) AS held)
        """;

    private const string Insert = Fenced + """
         INSERT INTO events (position, epoch, timestamp, checksum, manifest, payload)
        SELECT * FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::bytea[]) WHERE (SELECT held FROM fenced)
        """;

    private const string Delete = Fenced + """
        , keep AS (UPDATE streams SET deleted_to = greatest(deleted_to, $3) WHERE id = $4 AND (SELECT held FROM fenced))
        DELETE FROM events WHERE position BETWEEN $5 AND $6 AND (SELECT held FROM fenced)
        """;

    private const string Save = Fenced + """
         INSERT INTO snapshots (stream, number, epoch, timestamp, checksum, manifest, payload)
        SELECT $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::bigint, $8::text, $9::bytea WHERE (SELECT held FROM fenced)
        ON CONFLICT (stream, number) DO UPDATE SET epoch = excluded.epoch, timestamp = excluded.timestamp, checksum = excluded.checksum, manifest = excluded.manifest, payload = excluded.payload
        """;

    private const string DeleteRange = Fenced + """
         DELETE FROM snapshots WHERE stream = $3 AND number BETWEEN $4 AND $5 AND timestamp BETWEEN $6 AND $7 AND (SELECT held FROM fenced)
        """;

    private const string Highest =
        "SELECT greatest(coalesce((SELECT max(position) FROM events WHERE position BETWEEN $1 AND $2), $1) - $1, (SELECT deleted_to FROM streams WHERE id = $3))";

    private readonly PostgresSession _writer;
    private readonly PostgresSession _reader;
    private readonly Dictionary<string, long> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _readStreams = new(StringComparer.Ordinal);

    public PostgresJournalTable(PostgresSettings settings)
    {
        _writer = new PostgresSession(settings, settings.Timeout, settings.Durability);
        _reader = new PostgresSession(settings, settings.Timeout, settings.Durability, streams: true);
        try
        {
            PostgresSchema.Ensure(_writer, settings);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Append(IReadOnlyList<JournalEntry> group) => _writer.Run(connection =>
    {
        var count = group.Count;
        var (positions, epochs, timestamps, checksums) = (new long[count], new long[count], new long[count], new long[count]);
        var (manifests, payloads) = (new string[count], new ReadOnlyMemory<byte>[count]);
        for (var i = 0; i < count; i++)
        {
            var entry = group[i];
            positions[i] = Position(StreamId(connection, entry.PersistenceId), entry.SequenceNr);
            epochs[i] = entry.Fence?.Epoch ?? 0;
            timestamps[i] = entry.Timestamp;
            checksums[i] = Checksum.Of(positions[i], entry.Manifest, entry.Payload.Span);
            (manifests[i], payloads[i]) = (entry.Manifest, entry.Payload);
        }
        var fences = Fence.Of(group);
        var written = Execute(connection, Insert, fences, Value(positions), Value(epochs), Value(timestamps), Value(checksums), Value(manifests), Value(payloads));
        if (written != count) throw Refused(connection, fences);
        return true;
    });

    public long HighestSequenceNr(string persistenceId, Fence? fence) => _writer.Read(connection =>
    {
        if (fence is not null) AwaitEarlierWrites(connection, fence);
        return FindStream(connection, _streams, persistenceId) is { } stream ? HighestSequenceNr(connection, stream) : 0;
    });

    public bool DeleteSome(string persistenceId, long toSequenceNr, int most, Fence? fence) => _writer.Run(connection =>
    {
        if (FindStream(connection, _streams, persistenceId) is not { } stream) return true;
        var to = Math.Min(toSequenceNr, HighestSequenceNr(connection, stream));
        var first = connection.Scalar<long?>("SELECT min(position) FROM events WHERE position BETWEEN $1 AND $2", Value(Position(stream, 0)), Value(Position(stream, MaxNumber)));
        if ((first & MaxNumber) is not { } oldest || oldest > to) return true;
        var last = Math.Min(to, oldest + most - 1);
        var deleted = Execute(connection, Delete, ListOf(fence), Value(to), Value(stream), Value(Position(stream, oldest)), Value(Position(stream, last)));
        if (deleted == 0) throw Refused(connection, ListOf(fence));
        return last >= to;
    });

    public void SaveSnapshot(string persistenceId, SnapshotRow snapshot, Fence? fence) => _writer.Run(connection =>
    {
        var stream = StreamId(connection, persistenceId);
        var written = Execute(connection, Save, ListOf(fence), Value(stream), Value(snapshot.SequenceNr), Value(fence?.Epoch ?? 0), Value(snapshot.Timestamp),
            Value(Checksum.Of(Position(stream, snapshot.SequenceNr), snapshot.Manifest, snapshot.Payload.Span)), Value(snapshot.Manifest), Value(snapshot.Payload));
        if (written == 0) throw Refused(connection, ListOf(fence));
        return true;
    });

    public void DeleteSnapshots(string persistenceId, SnapshotRange range, Fence? fence) => _writer.Run(connection =>
    {
        if (FindStream(connection, _streams, persistenceId) is not { } stream) return true;
        // None deleted may mean that none was there.
        if (Execute(connection, DeleteRange, ListOf(fence), RangeOf(stream, range)) == 0 && fence is not null) Check(connection, [fence]);
        return true;
    });

    public void Read(string persistenceId, long fromSequenceNr, long toSequenceNr, long most, Action<JournalRow> row)
    {
        if (most <= 0 || _reader.Read(connection => FindStream(connection, _readStreams, persistenceId)) is not { } stream) return;
        _reader.Run(connection =>
        {
            using var command = connection.Command("SELECT position, timestamp, checksum, manifest, payload FROM events WHERE position BETWEEN $1 AND $2 ORDER BY position LIMIT $3",
                Value(Position(stream, Math.Max(0, fromSequenceNr))), Value(Position(stream, Math.Min(MaxNumber, toSequenceNr))), Value(most));
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var position = rows.GetInt64(0);
                var (manifest, payload) = (rows.GetString(3), rows.GetFieldValue<byte[]>(4));
                if (Checksum.Of(position, manifest, payload) != rows.GetInt64(2))
                {
                    throw new JournalCorruptException($"Event {position & MaxNumber} of {persistenceId} is damaged: its checksum does not match");
                }
                row(new JournalRow(position & MaxNumber, manifest, payload, rows.GetInt64(1)));
            }
            return true;
        });
    }

    public SnapshotRow? LoadSnapshot(string persistenceId, SnapshotRange range) => _reader.Read(connection =>
    {
        if (FindStream(connection, _readStreams, persistenceId) is not { } stream) return null;
        using var command = connection.Command("SELECT number, timestamp, checksum, manifest, payload FROM snapshots WHERE stream = $1 AND number BETWEEN $2 AND $3 AND timestamp BETWEEN $4 AND $5 ORDER BY number DESC LIMIT 1",
            RangeOf(stream, range));
        using var rows = command.ExecuteReader();
        if (!rows.Read()) return null;
        var (number, manifest, payload) = (rows.GetInt64(0), rows.GetString(3), rows.GetFieldValue<byte[]>(4));
        return Checksum.Of(Position(stream, number), manifest, payload) == rows.GetInt64(2)
            ? new SnapshotRow(number, rows.GetInt64(1), manifest, payload)
            : throw new JournalCorruptException($"Snapshot {number} of {persistenceId} is damaged: its checksum does not match");
    });

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    private static long Position(long stream, long number) => (stream << NumberBits) | number;

    private static IReadOnlyList<Fence> ListOf(Fence? fence) => fence is null ? [] : [fence];

    private static NpgsqlParameter[] RangeOf(long stream, SnapshotRange range) =>
        [Value(stream), Value(range.MinSequenceNr), Value(range.MaxSequenceNr), Value(range.MinTimestamp), Value(range.MaxTimestamp)];

    private static int Execute(NpgsqlConnection connection, string sql, IReadOnlyList<Fence> fences, params NpgsqlParameter[] parameters) =>
        connection.Execute(sql, [Value(fences.Select(f => f.Lease).ToArray()), Value(fences.Select(f => f.Epoch).ToArray()), .. parameters]);

    private static long HighestSequenceNr(NpgsqlConnection connection, long stream) =>
        connection.Scalar<long>(Highest, Value(Position(stream, 0)), Value(Position(stream, MaxNumber)), Value(stream));

    /// <summary>
    /// An append whose connection broke may still be under way in the server. It holds the lease, so whoever gets it alone, for a moment, knows that
    /// nothing more is coming.
    /// </summary>
    private static void AwaitEarlierWrites(NpgsqlConnection connection, Fence fence)
    {
        var found = connection.Scalar<long?>("SELECT epoch FROM leases WHERE name = $1 AND owner IS NOT NULL FOR UPDATE", Value(fence.Lease));
        if (found != fence.Epoch) throw new FencedException(fence.Lease, fence.Epoch, found);
    }

    private static void Check(NpgsqlConnection connection, IReadOnlyList<Fence> fences)
    {
        foreach (var fence in fences)
        {
            var found = connection.Scalar<long?>("SELECT epoch FROM leases WHERE name = $1 AND owner IS NOT NULL", Value(fence.Lease));
            if (found != fence.Epoch) throw new FencedException(fence.Lease, fence.Epoch, found);
        }
    }

    private static JournalException Refused(NpgsqlConnection connection, IReadOnlyList<Fence> fences)
    {
        Check(connection, fences);
        // Epochs only grow; a lease that was not held a moment ago may be held anew by nobody but this very epoch's owner.
        return new JournalException($"Nothing was written under {string.Join(", ", fences.Select(f => $"{f.Lease} epoch {f.Epoch}"))}, and why cannot be seen any more");
    }

    private static long? FindStream(NpgsqlConnection connection, Dictionary<string, long> known, string persistenceId)
    {
        if (known.TryGetValue(persistenceId, out var id)) return id;
        return connection.Scalar<long?>("SELECT id FROM streams WHERE name = $1", Value(persistenceId)) is { } found ? known[persistenceId] = found : null;
    }

    private long StreamId(NpgsqlConnection connection, string persistenceId)
    {
        if (FindStream(connection, _streams, persistenceId) is { } known) return known;
        connection.Execute("INSERT INTO streams (name) VALUES ($1) ON CONFLICT DO NOTHING", Value(persistenceId));
        return FindStream(connection, _streams, persistenceId)!.Value;
    }
}
