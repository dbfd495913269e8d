using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The default scheduler: a wheel of buckets, one thread that turns it. Scheduling is one push on a list; what is cancelled before the
/// thread looks at that list never enters a bucket, so a timeout that is not reached costs next to nothing.
/// </summary>
public class HashedWheelTimerScheduler : SchedulerBase, IDisposable
{
    private readonly long _tickLength; // in ticks of TimeSpan
    private readonly ScheduledWork?[] _wheel;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ManualResetEventSlim _work = new(false);
    private readonly Lock _startLock = new();
    private readonly TimeSpan _shutdownTimeout;
    private ScheduledWork? _incoming;
    private Thread? _thread;
    private readonly List<ScheduledWork> _due = [];
    private long _order;
    private long _turned; // how many ticks the wheel has turned
    private int _waiting;
    private volatile bool _stopped;

    /// <summary>Creates the scheduler from <c>akka.scheduler</c>.</summary>
    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log) : base(scheduler, log)
    {
        var tick = scheduler.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));
        var buckets = scheduler.GetInt("akka.scheduler.ticks-per-wheel", 512);
        if (buckets <= 0 || (buckets & (buckets - 1)) != 0) throw new ArgumentException("akka.scheduler.ticks-per-wheel must be a power of 2");
        _tickLength = tick.Ticks;
        _wheel = new ScheduledWork?[buckets];
        _shutdownTimeout = scheduler.GetTimeSpan("akka.scheduler.shutdown-timeout", TimeSpan.FromSeconds(5));
    }

    /// <inheritdoc />
    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    /// <inheritdoc />
    public override TimeSpan MonotonicClock => TimeSpan.FromMilliseconds(Environment.TickCount64);

    /// <inheritdoc />
    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc />
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(new ScheduledTell(receiver, message, sender, cancelable, null), delay);

    /// <inheritdoc />
    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(new ScheduledTell(receiver, message, sender, cancelable, interval), initialDelay);

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(new ScheduledAction(action, cancelable, null), delay);

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Schedule(new ScheduledRunnable(action, cancelable, null), delay);

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(new ScheduledAction(action, cancelable, interval), initialDelay);

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Schedule(new ScheduledRunnable(action, cancelable, interval), initialDelay);

    private void Schedule(ScheduledWork work, TimeSpan delay)
    {
        if (!TrySchedule(work, delay)) throw new SchedulerException("cannot enqueue after timer shutdown");
    }

    /// <summary>False once the scheduler has ended.</summary>
    internal bool TrySchedule(ScheduledWork work, TimeSpan delay)
    {
        if (_stopped) return false;
        work.DueTicks = _clock.Elapsed.Ticks + delay.Ticks;
        if (delay == TimeSpan.Zero && work is ScheduledTell { Interval: null })
        {
            // Due now: no reason for a message to wait for the wheel.
            if (!work.IsCancelled) Execute(work);
            return true;
        }

        var head = Volatile.Read(ref _incoming);
        while (true)
        {
            work.Next = head;
            var seen = Interlocked.CompareExchange(ref _incoming, work, head);
            if (ReferenceEquals(seen, head)) break;
            head = seen;
        }

        if (_thread is null) Start();
        if (Volatile.Read(ref _waiting) != 0) _work.Set();
        return true;
    }

    private void Start()
    {
        lock (_startLock)
        {
            if (_thread is not null || _stopped) return;
            var thread = new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" };
            thread.Start();
            _thread = thread;
        }
    }

    private void Turn()
    {
        _turned = _clock.Elapsed.Ticks / _tickLength;
        long inWheel = 0;
        while (!_stopped)
        {
            inWheel += TakeIncoming();
            if (inWheel == 0)
            {
                WaitForWork();
                _turned = Math.Max(_turned, _clock.Elapsed.Ticks / _tickLength);
                continue;
            }

            var next = (_turned + 1) * _tickLength;
            var wait = next - _clock.Elapsed.Ticks;
            if (wait > 0) Thread.Sleep(TimeSpan.FromTicks(wait + TimeSpan.TicksPerMillisecond - 1));
            inWheel += TakeIncoming();
            var now = _clock.Elapsed.Ticks / _tickLength;
            while (_turned < now && !_stopped)
            {
                _turned++;
                inWheel += RunBucket(_turned);
            }
        }
    }

    private void WaitForWork()
    {
        _work.Reset();
        Interlocked.Exchange(ref _waiting, 1);
        if (Volatile.Read(ref _incoming) is null && !_stopped) _work.Wait();
        Interlocked.Exchange(ref _waiting, 0);
    }

    private long TakeIncoming()
    {
        long count = 0;
        ScheduledWork? ordered = null;
        for (var work = Interlocked.Exchange(ref _incoming, null); work is not null;)
        {
            var next = work.Next;
            work.Next = ordered;
            ordered = work;
            work = next;
        }

        while (ordered is not null)
        {
            var next = ordered.Next;
            if (!ordered.IsCancelled)
            {
                Put(ordered);
                count++;
            }
            else
            {
                ordered.Next = null;
            }

            ordered = next;
        }

        return count;
    }

    private void Put(ScheduledWork work)
    {
        // Rounded up: nothing runs before it is due.
        var tick = Math.Max(_turned + 1, (work.DueTicks + _tickLength - 1) / _tickLength);
        ref var bucket = ref _wheel[tick & (_wheel.Length - 1)];
        work.Order = _order++;
        work.Next = bucket;
        bucket = work;
    }

    private long RunBucket(long tick)
    {
        ref var bucket = ref _wheel[tick & (_wheel.Length - 1)];
        var work = bucket;
        bucket = null;
        long change = 0;
        ScheduledWork? kept = null;
        while (work is not null)
        {
            var next = work.Next;
            if (work.IsCancelled)
            {
                work.Next = null;
                change--;
            }
            else if (work.DueTicks <= tick * _tickLength)
            {
                _due.Add(work);
            }
            else
            {
                work.Next = kept;
                kept = work;
            }

            work = next;
        }

        while (kept is not null)
        {
            var next = kept.Next;
            kept.Next = bucket;
            bucket = kept;
            kept = next;
        }

        // A thread that comes late finds more than one tick's work in a bucket: it still runs in the order of time.
        if (_due.Count > 1) _due.Sort(static (a, b) => a.DueTicks != b.DueTicks ? a.DueTicks.CompareTo(b.DueTicks) : a.Order.CompareTo(b.Order));
        foreach (var due in _due)
        {
            due.Next = null;
            Execute(due);
            if (due.Interval is { } interval && !due.IsCancelled)
            {
                due.DueTicks += interval.Ticks;
                Put(due);
            }
            else
            {
                change--;
            }
        }

        _due.Clear();
        return change;
    }

    private void Execute(ScheduledWork work)
    {
        try
        {
            work.Execute();
        }
        catch (Exception cause)
        {
            try
            {
                Log.Error(cause, "exception while executing timer task");
            }
            catch (Exception)
            {
                // The log itself is gone: the system is shutting down.
            }
        }
    }

    /// <summary>Stops the thread; what is scheduled never runs.</summary>
    public void Dispose()
    {
        lock (_startLock)
        {
            if (_stopped) return;
            _stopped = true;
        }

        _work.Set();
        if (_thread is { } thread && thread != Thread.CurrentThread) thread.Join(_shutdownTimeout);
        GC.SuppressFinalize(this);
    }
}
