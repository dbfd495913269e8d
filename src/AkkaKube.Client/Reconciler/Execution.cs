using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;

namespace AkkaKube.Client.Reconciler;

/// <summary>The writes of one reconciliation on their way: which are still under way, and what follows them.</summary>
/// <remarks>Pure bookkeeping: <see cref="Controller"/> sends what it is told to send and brings the answers.</remarks>
internal sealed class Execution(ObjectKey key)
{
    private readonly Dictionary<GroupVersionResource, long> _written = [];

    public ObjectKey Key { get; } = key;

    /// <summary>The change that made the controller look at the key; null: time did, or a failure.</summary>
    public CausedBy? CausedBy { get; init; }

    /// <summary>How many requests are under way or wait to be sent.</summary>
    public int Pending { get; set; }

    /// <summary>A request was refused and nobody had an answer to that.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Deletes that were carried out and are not seen yet.</summary>
    public List<(GroupVersionResource Resource, ObjectKey Key, string? Uid)> Deleted { get; } = [];

    /// <summary>The newest revision of each resource that was written.</summary>
    public IReadOnlyDictionary<GroupVersionResource, long> Written => _written;

    public void Wrote(GroupVersionResource resource, long revision) =>
        _written[resource] = Math.Max(_written.GetValueOrDefault(resource), revision);
}

/// <summary>One request of an execution, and the batch it belongs to, if any.</summary>
internal sealed class PendingWrite(Execution execution, ApiWrite write, BatchRun? batch)
{
    public Execution Execution { get; } = execution;

    public ApiWrite Write { get; } = write;

    public BatchRun? Batch { get; } = batch;

    public DateTimeOffset Sent { get; set; }
}

/// <summary>A batch of writes on its way.</summary>
internal sealed class BatchRun(Batch batch, BatchRun? outer)
{
    private int _next;
    private int _size = 1;
    private bool _hasEnded;

    public BatchRun? Outer { get; } = outer;

    public List<Failed> Failures { get; } = [];

    /// <summary>Its writes that are under way.</summary>
    public int Pending { get; set; }

    private bool IsOver => Pending == 0 && (_next == batch.Writes.Count || (batch.IsSlow && Failures.Count > 0));

    /// <summary>True once, when nothing of it is left.</summary>
    public bool TryEnd()
    {
        if (_hasEnded || !IsOver) return false;
        _hasEnded = true;
        return true;
    }

    public IEnumerable<Write> Follow() => batch.Then(Failures);

    /// <summary>What is to be sent now that nothing of it is under way any more.</summary>
    public IReadOnlyList<Write> Next()
    {
        if (Pending > 0 || IsOver) return [];
        var count = batch.IsSlow ? Math.Min(_size, batch.Writes.Count - _next) : batch.Writes.Count - _next;
        var writes = batch.Writes.Skip(_next).Take(count).ToList();
        _next += count;
        _size *= 2;
        return writes;
    }
}
