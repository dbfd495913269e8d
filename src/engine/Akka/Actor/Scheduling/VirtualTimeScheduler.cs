using Akka.Dispatch;
using Akka.Dispatch.Deterministic;

namespace Akka.Actor;

/// <summary>
/// A scheduler whose time stands still until somebody advances it. What is due at the same moment runs in the order in which it was
/// scheduled. Under the deterministic dispatcher time moves on only when no actor is runnable.
/// </summary>
internal sealed class VirtualTimeScheduler : IScheduler, IAdvancedScheduler
{
    private readonly DateTimeOffset _start;
    private readonly PriorityQueue<ScheduledWork, (long Due, long Order)> _queue = new();
    private DateTimeOffset _now;
    private long _order;

    public VirtualTimeScheduler(DateTimeOffset start) => _now = _start = start;

    /// <summary>The run whose actors go first, if there is one.</summary>
    public DeterministicRun? Run { get; set; }

    public DateTimeOffset Now
    {
        get { lock (_queue) return _now; }
    }

    public TimeSpan MonotonicClock => Now - _start;
    public TimeSpan HighResMonotonicClock => MonotonicClock;
    public IAdvancedScheduler Advanced => this;

    /// <summary>Lets that much time pass, running what comes due.</summary>
    public void Advance(TimeSpan offset) => AdvanceTo(Now + offset);

    /// <summary>Lets time pass until a moment, running what comes due.</summary>
    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now) throw new InvalidOperationException("The time is in the past.");
        Run?.RunAll();
        while (RunNextUntil(when)) Run?.RunAll();
        lock (_queue) _now = when;
        Run?.EndOfStep();
    }

    /// <summary>Moves to the next moment at which something is due, but not beyond <paramref name="limit"/>, and runs one thing of it.</summary>
    public bool RunNextUntil(DateTimeOffset limit)
    {
        ScheduledWork work;
        lock (_queue)
        {
            do
            {
                if (!_queue.TryPeek(out work!, out var next) || next.Due > limit.UtcTicks) return false;
                _queue.Dequeue();
            }
            while (work.IsCancelled);

            if (work.DueTicks > _now.UtcTicks) _now = new DateTimeOffset(work.DueTicks, TimeSpan.Zero);
        }

        work.Execute();
        if (work.Interval is { } interval && !work.IsCancelled) Enqueue(work, work.DueTicks + interval.Ticks);
        return true;
    }

    private void Schedule(ScheduledWork work, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Enqueue(work, (Now + delay).UtcTicks);
    }

    private void Enqueue(ScheduledWork work, long due)
    {
        work.DueTicks = due;
        lock (_queue) _queue.Enqueue(work, (due, _order++));
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        Schedule(new ScheduledTell(receiver, message, sender, null, null), delay);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(new ScheduledTell(receiver, message, sender, cancelable, null), delay);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        Schedule(new ScheduledTell(receiver, message, sender, null, interval), initialDelay);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(new ScheduledTell(receiver, message, sender, cancelable, interval), initialDelay);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Schedule(new ScheduledAction(action, cancelable, null), delay);

    public void ScheduleOnce(TimeSpan delay, Action action) => Schedule(new ScheduledAction(action, null, null), delay);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(new ScheduledAction(action, cancelable, interval), initialDelay);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        Schedule(new ScheduledAction(action, null, interval), initialDelay);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Schedule(new ScheduledRunnable(action, cancelable, null), delay);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => Schedule(new ScheduledRunnable(action, null, null), delay);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Schedule(new ScheduledRunnable(action, cancelable, interval), initialDelay);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        Schedule(new ScheduledRunnable(action, null, interval), initialDelay);
}
