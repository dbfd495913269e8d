namespace Akka.Dispatch;

/// <summary>A thread of the pool while it runs actors, and what sends and receives for them: it holds the one that runs next.</summary>
internal sealed class Worker
{
    [ThreadStatic] private static Worker? _current;

    private IRunnable? _next;

    public Worker() => WorkerWatch.Add(this);

    public static Worker? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>True between the first and the last turn of a row.</summary>
    public bool Running;

    /// <summary>How many turns it ran; a watch sees by it that the thread is held up.</summary>
    public long Turns;

    /// <summary>What <see cref="Turns"/> was when the watch last looked.</summary>
    public long TurnsSeen;

    public bool HoldsOne => Volatile.Read(ref _next) is not null;

    /// <summary>Makes <paramref name="run"/> the next; gives back the one that was.</summary>
    public IRunnable? Offer(IRunnable run)
    {
        var displaced = Interlocked.Exchange(ref _next, run);
        WorkerWatch.Arm();
        return displaced;
    }

    public IRunnable? Take() => Volatile.Read(ref _next) is null ? null : Interlocked.Exchange(ref _next, null);
}
