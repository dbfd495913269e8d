using System.Collections.Concurrent;
using System.Diagnostics;
using AkkaKube.History;

namespace AkkaKube.Chaos.Clients;

/// <summary>What all clients of a run saw. One clock for all: they live in one process.</summary>
public sealed class Recorder
{
    private readonly ConcurrentQueue<Operation> _operations = new();
    private readonly ConcurrentQueue<Watching> _watches = new();
    private long _answered;
    private int _values;

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>Operations that got an answer that tells.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public void Add(Operation operation)
    {
        _operations.Enqueue(operation);
        if (operation.Returned != long.MaxValue) Interlocked.Increment(ref _answered);
    }

    public void Add(Watching watch) => _watches.Enqueue(watch);

    /// <summary>A value that nobody else writes.</summary>
    public string NextValue() => "v" + Interlocked.Increment(ref _values);

    public Record Record() => new([.. _operations], [.. _watches]);
}
