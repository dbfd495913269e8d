using System.Threading.Channels;

namespace AkkaKube.Persistence;

/// <summary>
/// The one writer of all persistent actors of a process, and the one reader. Whatever waits when a transaction begins shares it, so the disk's
/// time for one commit is the time for all of them (group commit). Requests are done in the order in which they came.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private const int DeletedAtOnce = 2048;

    private readonly IJournalTable _table;
    private readonly int _groupEvents;
    private readonly long _groupBytes;
    private readonly Channel<WriteRequest> _requests = Channel.CreateUnbounded<WriteRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread _writing;
    private readonly DatabaseThread _reading = new("akkakube-journal-reader");

    public JournalWriter(IJournalTable table, int groupEvents, long groupBytes)
    {
        _table = table;
        _groupEvents = groupEvents;
        _groupBytes = groupBytes;
        _writing = new Thread(Write) { IsBackground = true, Name = "akkakube-journal" };
        _writing.Start();
    }

    /// <summary>Appends the events; the task ends when they are durable.</summary>
    public void Append(AppendRequest request) => Post(request);

    /// <summary>The highest number of an id, after all that was asked for before.</summary>
    public Task<long> HighestSequenceNr(string persistenceId, Fence? fence = null) => Do(table => table.HighestSequenceNr(persistenceId, fence));

    /// <summary>Deletes events a few at a time, so that other writes get their turn in between.</summary>
    public Task DeleteTo(string persistenceId, long toSequenceNr, Fence? fence = null) =>
        Post(new TableRequest<bool>(table => (table.DeleteSome(persistenceId, toSequenceNr, DeletedAtOnce, fence), true))).Done;

    public Task SaveSnapshot(string persistenceId, SnapshotRow snapshot, Fence? fence = null) => Do(table =>
    {
        table.SaveSnapshot(persistenceId, snapshot, fence);
        return true;
    });

    public Task DeleteSnapshots(string persistenceId, SnapshotRange range, Fence? fence = null) => Do(table =>
    {
        table.DeleteSnapshots(persistenceId, range, fence);
        return true;
    });

    /// <summary>Reads events beside the writes; sees all that was acknowledged before.</summary>
    public Task Read(string persistenceId, long fromSequenceNr, long toSequenceNr, long most, Action<JournalRow> row) => _reading.Run(() =>
    {
        _table.Read(persistenceId, fromSequenceNr, toSequenceNr, most, row);
        return true;
    });

    public Task<SnapshotRow?> LoadSnapshot(string persistenceId, SnapshotRange range) => _reading.Run(() => _table.LoadSnapshot(persistenceId, range));

    /// <summary>Does what waits, then ends.</summary>
    public void Dispose()
    {
        _requests.Writer.TryComplete();
        _writing.Join();
        _reading.Dispose();
        _table.Dispose();
    }

    private Task<T> Do<T>(Func<IJournalTable, T> work) => Post(new TableRequest<T>(table => (true, work(table)))).Done;

    private T Post<T>(T request) where T : WriteRequest
    {
        if (!_requests.Writer.TryWrite(request)) request.Fail(Closed());
        return request;
    }

    private void Write()
    {
        var group = new List<AppendRequest>();
        var entries = new List<JournalEntry>();
        var again = new Queue<ITableRequest>();
        while (again.Count > 0 || Wait())
        {
            var other = TakeGroup(group);
            if (other is null) again.TryDequeue(out other);
            var fault = group.Count > 0 ? Commit(group, entries) : null;
            if (other is not null && fault is null) fault = Run(other, again);
            else if (other is not null) ((WriteRequest)other).Fail(fault!);
            if (fault is not null) FailWaiting(fault, again);
        }
    }

    /// <summary>Takes the appends that wait, up to the limits of a transaction, or up to the first request of another kind: that one is returned, to be done after them.</summary>
    private ITableRequest? TakeGroup(List<AppendRequest> group)
    {
        group.Clear();
        var events = 0;
        var bytes = 0L;
        while (_requests.Reader.TryPeek(out var next))
        {
            if (next is not AppendRequest append)
            {
                _requests.Reader.TryRead(out _);
                return (ITableRequest)next;
            }
            if (group.Count > 0 && (events + append.Entries.Count > _groupEvents || bytes + append.Bytes > _groupBytes)) return null;
            _requests.Reader.TryRead(out _);
            group.Add(append);
            events += append.Entries.Count;
            bytes += append.Bytes;
        }
        return null;
    }

    /// <summary>Returns the failure if it was that the database does not answer.</summary>
    private DatabaseUnreachableException? Commit(List<AppendRequest> group, List<JournalEntry> entries)
    {
        entries.Clear();
        foreach (var request in group) entries.AddRange(request.Entries);
        try
        {
            if (entries.Count > 0) _table.Append(entries);
        }
        catch (Exception e) when (group.Count > 1 && e is not (JournalLostException or DatabaseUnreachableException))
        {
            // The fault may be one request's alone: each gets a transaction of its own.
            DatabaseUnreachableException? fault = null;
            foreach (var request in group)
            {
                if (fault is null) fault = CommitAlone(request);
                else request.Fail(fault);
            }
            return fault;
        }
        catch (Exception e)
        {
            foreach (var request in group) request.Fail(e);
            return e as DatabaseUnreachableException;
        }
        foreach (var request in group) request.Succeed();
        return null;
    }

    private DatabaseUnreachableException? CommitAlone(AppendRequest request)
    {
        try
        {
            if (request.Entries.Count > 0) _table.Append(request.Entries);
        }
        catch (Exception e)
        {
            request.Fail(e);
            return e as DatabaseUnreachableException;
        }
        request.Succeed();
        return null;
    }

    private DatabaseUnreachableException? Run(ITableRequest request, Queue<ITableRequest> again)
    {
        try
        {
            if (!request.Run(_table)) again.Enqueue(request);
            return null;
        }
        catch (Exception e)
        {
            ((WriteRequest)request).Fail(e);
            return e as DatabaseUnreachableException;
        }
    }

    /// <summary>
    /// When the database does not answer, what waits behind fails with what was tried: otherwise each of a hundred shards would wait for the time limits of
    /// all those before it.
    /// </summary>
    private void FailWaiting(DatabaseUnreachableException fault, Queue<ITableRequest> again)
    {
        while (_requests.Reader.TryRead(out var request)) request.Fail(fault);
        while (again.TryDequeue(out var request)) ((WriteRequest)request).Fail(fault);
    }

    private bool Wait()
    {
        var waiting = _requests.Reader.WaitToReadAsync();
        return waiting.IsCompletedSuccessfully ? waiting.Result : waiting.AsTask().GetAwaiter().GetResult();
    }

    private static JournalException Closed() => new("The journal is closed");
}
