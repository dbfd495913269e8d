using System.Collections.Immutable;

namespace AkkaKube.Persistence;

/// <summary>Something that the writing thread does in its turn. Its task ends on that thread, when the thing is durable or has failed.</summary>
internal abstract class WriteRequest
{
    public abstract void Fail(Exception cause);
}

/// <summary>Events of one persistent actor; they share a transaction with all that waits.</summary>
internal sealed class AppendRequest(IReadOnlyList<JournalEntry> entries, long bytes, IImmutableList<Exception>? refused) : WriteRequest
{
    // Who waits for it only sends messages on: no reason for another thread.
    private readonly TaskCompletionSource<IImmutableList<Exception>?> _done = new();

    public IReadOnlyList<JournalEntry> Entries { get; } = entries;

    public long Bytes { get; } = bytes;

    /// <summary>What the journal answers: for each group of events why it was refused, or null when none was.</summary>
    public Task<IImmutableList<Exception>?> Done => _done.Task;

    public void Succeed() => _done.TrySetResult(refused);

    public override void Fail(Exception cause) => _done.TrySetException(cause);
}

/// <summary>Anything else, done in a transaction of its own; false has it come again after what waits.</summary>
internal sealed class TableRequest<T>(Func<IJournalTable, (bool Done, T Result)> work) : WriteRequest, ITableRequest
{
    private readonly TaskCompletionSource<T> _done = new();

    public Task<T> Done => _done.Task;

    public bool Run(IJournalTable table)
    {
        var (done, result) = work(table);
        if (done) _done.TrySetResult(result);
        return done;
    }

    public override void Fail(Exception cause) => _done.TrySetException(cause);
}

internal interface ITableRequest
{
    /// <summary>False when there is more to do.</summary>
    bool Run(IJournalTable table);
}
