namespace Akka.Dispatch;

/// <summary>
/// Looks every few milliseconds whether a thread sits in one turn (it may be waiting for something) while an actor waits to run on it,
/// and gives that actor to the pool. It sleeps while nothing runs.
/// </summary>
internal static class WorkerWatch
{
    private const int PeriodMilliseconds = 10;
    private const int IdlePeriods = 100;

    private static readonly List<WeakReference<Worker>> Workers = [];
    private static readonly ManualResetEventSlim Armed = new(false);
    private static Thread? _thread;
    private static volatile bool _armed;

    public static void Add(Worker worker)
    {
        lock (Workers)
        {
            Workers.Add(new WeakReference<Worker>(worker));
            if (_thread is not null) return;
            _thread = new Thread(Run) { IsBackground = true, Name = "akka-worker-watch" };
            _thread.Start();
        }
    }

    public static void Arm()
    {
        if (_armed) return;
        _armed = true;
        Armed.Set();
    }

    private static void Run()
    {
        var idle = 0;
        while (true)
        {
            if (idle >= IdlePeriods)
            {
                Armed.Reset();
                _armed = false;
                Interlocked.MemoryBarrier();
                if (!AnyHolds()) Armed.Wait();
                idle = 0;
            }

            Thread.Sleep(PeriodMilliseconds);
            idle = Look() ? 0 : idle + 1;
        }
    }

    private static bool AnyHolds()
    {
        lock (Workers)
        {
            foreach (var reference in Workers)
            {
                if (reference.TryGetTarget(out var worker) && worker.HoldsOne) return true;
            }
        }

        return false;
    }

    private static bool Look()
    {
        var busy = false;
        lock (Workers)
        {
            for (var i = Workers.Count - 1; i >= 0; i--)
            {
                if (!Workers[i].TryGetTarget(out var worker))
                {
                    Workers.RemoveAt(i);
                    continue;
                }

                var turns = Volatile.Read(ref worker.Turns);
                var moved = turns != worker.TurnsSeen;
                if (!moved && worker.HoldsOne && worker.Take() is { } stuck) ThreadPool.UnsafeQueueUserWorkItem(stuck, preferLocal: false);
                worker.TurnsSeen = turns;
                busy |= moved || worker.HoldsOne;
            }
        }

        return busy;
    }
}
