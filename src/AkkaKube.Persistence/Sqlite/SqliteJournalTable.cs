namespace AkkaKube.Persistence;

/// <summary>The tables in a file of SQLite. An event's place is one number, made of its stream and its own number, so that an append touches one tree at its end.</summary>
internal sealed class SqliteJournalTable : IJournalTable
{
    /// <summary>A stream has room for 2^40 events, a file for 2^23 streams.</summary>
    private const int NumberBits = 40;

    private const long MaxNumber = (1L << NumberBits) - 1;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly SqliteTransactions _transactions;
    private readonly SqliteStatement _lease;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _select;
    private readonly Dictionary<string, long> _streams = new(StringComparer.Ordinal);
    private readonly string _path;

    public SqliteJournalTable(SqliteSettings settings)
    {
        _path = settings.Path;
        _writer = SqliteSchema.Open(settings);
        try
        {
            _reader = new SqliteConnection(settings.Path, readOnly: true);
            _transactions = new SqliteTransactions(_writer, settings, urgent: false);
            _lease = _writer.Prepare("SELECT epoch FROM leases WHERE name = ? AND owner IS NOT NULL");
            _insert = _writer.Prepare("INSERT INTO events (position, epoch, timestamp, checksum, manifest, payload) VALUES (?, ?, ?, ?, ?, ?)");
            _select = _reader.Prepare("SELECT position, timestamp, checksum, manifest, payload FROM events WHERE position BETWEEN ? AND ? ORDER BY position LIMIT ?");
        }
        catch
        {
            _transactions?.Dispose();
            _reader?.Dispose();
            _writer.Dispose();
            throw;
        }
    }

    public void Append(IReadOnlyList<JournalEntry> group) => Transaction(() =>
    {
        foreach (var fence in Fence.Of(group)) Check(fence);
        for (var i = 0; i < group.Count; i++)
        {
            var entry = group[i];
            var position = Position(StreamId(entry.PersistenceId), entry.SequenceNr);
            _insert.Bind(1, position).Bind(2, entry.Fence?.Epoch ?? 0).Bind(3, entry.Timestamp).Bind(4, Checksum.Of(position, entry.Manifest, entry.Payload.Span))
                .Bind(5, entry.Manifest).Bind(6, entry.Payload.Span).Run();
        }
    });

    /// <summary>Writers of other processes take turns: none is under way while this one reads.</summary>
    public long HighestSequenceNr(string persistenceId, Fence? fence)
    {
        if (fence is null) return HighestSequenceNr(persistenceId);
        return _transactions.Run(() =>
        {
            Check(fence);
            return HighestSequenceNr(persistenceId);
        });
    }

    private long HighestSequenceNr(string persistenceId)
    {
        if (KnownStream(persistenceId) is not { } stream) return 0;
        using var query = _writer.Prepare("SELECT max(ifnull((SELECT max(position) FROM events WHERE position BETWEEN ? AND ?), ?), ? + deleted_to) FROM streams WHERE id = ?");
        var first = Position(stream, 0);
        query.Bind(1, first).Bind(2, Position(stream, MaxNumber)).Bind(3, first).Bind(4, first).Bind(5, stream);
        return query.Step() ? query.Long(0) & MaxNumber : 0;
    }

    public bool DeleteSome(string persistenceId, long toSequenceNr, int most, Fence? fence)
    {
        if (KnownStream(persistenceId) is not { } stream) return true;
        var to = Math.Min(toSequenceNr, HighestSequenceNr(persistenceId));
        if (OldestSequenceNr(stream) is not { } oldest || oldest > to) return true;
        var last = Math.Min(to, oldest + most - 1);
        Transaction(() =>
        {
            Check(fence);
            using var keep = _writer.Prepare("UPDATE streams SET deleted_to = max(deleted_to, ?) WHERE id = ?");
            keep.Bind(1, to).Bind(2, stream).Run();
            using var delete = _writer.Prepare("DELETE FROM events WHERE position BETWEEN ? AND ?");
            delete.Bind(1, Position(stream, oldest)).Bind(2, Position(stream, last)).Run();
        });
        return last >= to;
    }

    public void SaveSnapshot(string persistenceId, SnapshotRow snapshot, Fence? fence) => Transaction(() =>
    {
        Check(fence);
        var stream = StreamId(persistenceId);
        using var insert = _writer.Prepare("INSERT OR REPLACE INTO snapshots (stream, number, epoch, timestamp, checksum, manifest, payload) VALUES (?, ?, ?, ?, ?, ?, ?)");
        insert.Bind(1, stream).Bind(2, snapshot.SequenceNr).Bind(3, fence?.Epoch ?? 0).Bind(4, snapshot.Timestamp)
            .Bind(5, Checksum.Of(Position(stream, snapshot.SequenceNr), snapshot.Manifest, snapshot.Payload.Span))
            .Bind(6, snapshot.Manifest).Bind(7, snapshot.Payload.Span).Run();
    });

    public void DeleteSnapshots(string persistenceId, SnapshotRange range, Fence? fence)
    {
        if (KnownStream(persistenceId) is not { } stream) return;
        Transaction(() =>
        {
            Check(fence);
            using var delete = _writer.Prepare("DELETE FROM snapshots WHERE stream = ? AND number BETWEEN ? AND ? AND timestamp BETWEEN ? AND ?");
            Bind(delete, stream, range).Run();
        });
    }

    public void Read(string persistenceId, long fromSequenceNr, long toSequenceNr, long most, Action<JournalRow> row)
    {
        if (most <= 0 || FindStream(persistenceId) is not { } stream) return;
        _select.Bind(1, Position(stream, Math.Max(0, fromSequenceNr))).Bind(2, Position(stream, Math.Min(MaxNumber, toSequenceNr))).Bind(3, most);
        try
        {
            while (_select.Step())
            {
                var position = _select.Long(0);
                var (manifest, payload) = (_select.Text(3), _select.Bytes(4));
                if (Checksum.Of(position, manifest, payload) != _select.Long(2))
                {
                    throw new JournalCorruptException($"{_path}: event {position & MaxNumber} of {persistenceId} is damaged: its checksum does not match");
                }
                row(new JournalRow(position & MaxNumber, manifest, payload, _select.Long(1)));
            }
        }
        finally
        {
            _select.Reset();
        }
    }

    public SnapshotRow? LoadSnapshot(string persistenceId, SnapshotRange range)
    {
        if (FindStream(persistenceId) is not { } stream) return null;
        using var query = _reader.Prepare("SELECT number, timestamp, checksum, manifest, payload FROM snapshots WHERE stream = ? AND number BETWEEN ? AND ? AND timestamp BETWEEN ? AND ? ORDER BY number DESC LIMIT 1");
        if (!Bind(query, stream, range).Step()) return null;
        var (number, manifest, payload) = (query.Long(0), query.Text(3), query.Bytes(4));
        return Checksum.Of(Position(stream, number), manifest, payload) == query.Long(2)
            ? new SnapshotRow(number, query.Long(1), manifest, payload)
            : throw new JournalCorruptException($"{_path}: snapshot {number} of {persistenceId} is damaged: its checksum does not match");
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_lease, _insert, _select]) statement.Dispose();
        _transactions.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    private static SqliteStatement Bind(SqliteStatement statement, long stream, SnapshotRange range) => statement
        .Bind(1, stream).Bind(2, range.MinSequenceNr).Bind(3, range.MaxSequenceNr).Bind(4, range.MinTimestamp).Bind(5, range.MaxTimestamp);

    private static long Position(long stream, long number) => (stream << NumberBits) | number;

    private long? OldestSequenceNr(long stream)
    {
        using var query = _writer.Prepare("SELECT min(position) FROM events WHERE position BETWEEN ? AND ?");
        query.Bind(1, Position(stream, 0)).Bind(2, Position(stream, MaxNumber));
        return query.Step() && !query.IsNull(0) ? query.Long(0) & MaxNumber : null;
    }

    /// <summary>The reading thread has its own look at the streams: the map is the writing thread's.</summary>
    private long? FindStream(string persistenceId)
    {
        using var query = _reader.Prepare("SELECT id FROM streams WHERE name = ?");
        return query.Bind(1, persistenceId).Step() ? query.Long(0) : null;
    }

    /// <summary>The writing thread's; another process may have made it.</summary>
    private long? KnownStream(string persistenceId)
    {
        if (_streams.TryGetValue(persistenceId, out var known)) return known;
        using var query = _writer.Prepare("SELECT id FROM streams WHERE name = ?");
        return query.Bind(1, persistenceId).Step() ? _streams[persistenceId] = query.Long(0) : null;
    }

    /// <summary>Within a transaction.</summary>
    private long StreamId(string persistenceId)
    {
        if (KnownStream(persistenceId) is { } known) return known;
        using var insert = _writer.Prepare("INSERT INTO streams (name) VALUES (?) RETURNING id");
        insert.Bind(1, persistenceId);
        insert.Step();
        var id = insert.Long(0);
        insert.Step();
        return _streams[persistenceId] = id;
    }

    /// <summary>Within a transaction: nobody can take the lease before it ends.</summary>
    private void Check(Fence? fence)
    {
        if (fence is null) return;
        long? found = _lease.Bind(1, fence.Lease).Step() ? _lease.Long(0) : null;
        _lease.Reset();
        if (found != fence.Epoch) throw new FencedException(fence.Lease, fence.Epoch, found);
    }

    private void Transaction(Action work)
    {
        var streams = _streams.Count;
        try
        {
            _transactions.Run(work);
        }
        catch
        {
            // Those that were made in the transaction are not there.
            if (_streams.Count > streams) _streams.Clear();
            throw;
        }
    }
}
