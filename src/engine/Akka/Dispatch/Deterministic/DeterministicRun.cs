using System.Globalization;
using Akka.Actor;

namespace Akka.Dispatch.Deterministic;

/// <summary>
/// A run that one seed decides. The runnable actors wait in a list; the next is drawn from the seed; it handles one message. When none is
/// runnable, time moves on to the next timer. Nothing runs but on the thread that asks for it.
/// </summary>
internal sealed class DeterministicRun : IDisposable
{
    private readonly VirtualTimeScheduler _time;
    private readonly List<IRunnable> _runnable = [];
    private readonly Continuations _continuations;
    private StreamWriter? _trace;
    private ulong _state;
    private long _turns;
    private bool _running;

    public DeterministicRun(long seed, VirtualTimeScheduler time, string? traceFile)
    {
        _state = unchecked((ulong)seed);
        _time = time;
        _continuations = new Continuations(this);
        if (traceFile is not null) _trace = new StreamWriter(traceFile);
    }

    /// <summary>The run that decides a system, or null.</summary>
    public static DeterministicRun? Of(ActorSystem system) => (system as ActorSystemImpl)?.Deterministic;

    public long Turns => _turns;

    public void Add(IRunnable run)
    {
        if (run is ActorCell { SystemImpl.HasCrashed: true }) return;
        lock (_runnable) _runnable.Add(run);
    }

    /// <summary>A system stops where it stands, as a process that is killed: no actor of it runs again, and nobody is told.</summary>
    public void Crash(ActorSystem system)
    {
        var crashed = (ActorSystemImpl)system;
        crashed.HasCrashed = true;
        lock (_runnable) _runnable.RemoveAll(run => run is ActorCell cell && cell.SystemImpl == crashed);
    }

    /// <summary>Runs turns until no actor is runnable.</summary>
    public void RunAll()
    {
        while (RunNext())
        {
        }
    }

    /// <summary>Runs turns, and time where none is runnable, until the condition holds; false when it does not within <paramref name="limit"/> of virtual time.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = limit == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : _time.Now + limit;
        while (!condition())
        {
            if (RunNext() || _time.RunNextUntil(end)) continue;
            if (end != DateTimeOffset.MaxValue) _time.AdvanceTo(end);
            return condition();
        }

        return true;
    }

    /// <summary>Gives one turn to an actor drawn from the seed; false when none is runnable.</summary>
    public bool RunNext()
    {
        if (_running) return false; // asked for inside of a turn: that turn has to end first
        IRunnable run;
        lock (_runnable)
        {
            if (_runnable.Count == 0) return false;
            var drawn = (int)(Draw() % (ulong)_runnable.Count);
            run = _runnable[drawn];
            // The others keep their order, so that a draw means the same in every run.
            _runnable.RemoveAt(drawn);
        }

        _turns++;
        if (_trace is not null) Trace(run);
        var context = SynchronizationContext.Current;
        var cell = InternalCurrentActorCellKeeper.Current;
        _running = true;
        SynchronizationContext.SetSynchronizationContext(_continuations);
        InternalCurrentActorCellKeeper.Current = null;
        try
        {
            run.Run();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = cell;
            SynchronizationContext.SetSynchronizationContext(context);
            _running = false;
        }

        return true;
    }

    public double NextDouble() => (Draw() >> 11) * (1.0 / (1UL << 53));

    // SplitMix64: the same numbers on every machine and every version of the runtime.
    private ulong Draw()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private void Trace(IRunnable run)
    {
        var (who, what) = run is ActorCell cell ? (cell.SystemImpl.Name + cell.Self.Path.ToStringWithoutAddress(), cell.NextMessageType() ?? "-") : ("-", run.GetType().Name);
        _trace!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_turns} {_time.Now:O} {who} {what}"));
    }

    public void EndOfStep() => _trace?.Flush();

    public void Close() => Dispose();

    public void Dispose()
    {
        _trace?.Dispose();
        _trace = null;
    }

    /// <summary>What is awaited outside of an async handler comes back as a turn of nobody.</summary>
    private sealed class Continuations(DeterministicRun run) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => run.Add(new ActionRunnable(() => d(state)));
        public override void Send(SendOrPostCallback d, object? state) => d(state);
        public override SynchronizationContext CreateCopy() => this;
    }
}
