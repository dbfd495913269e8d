using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.Deterministic;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until the test moves it. What becomes due on the way is done in the order of its time, at its time;
/// what that schedules in turn is done too when it is due before the end. Under the deterministic dispatcher the actors come to rest at
/// every moment on the way, and time starts at a fixed moment; elsewhere it starts at the time of the machine.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler, IVirtualTime
{
    private const string DeterministicStart = "2026-01-01T00:00:00Z";
    private readonly VirtualTimeScheduler _time;

    /// <summary>A scheduler of a system.</summary>
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) => _time = new VirtualTimeScheduler(
        schedulerConfig.GetString("akka.actor.default-dispatcher.type", "").Contains("Deterministic", StringComparison.Ordinal)
            ? DateTimeOffset.Parse(DeterministicStart, System.Globalization.CultureInfo.InvariantCulture)
            : TimeProvider.System.GetUtcNow());

    VirtualTimeScheduler IVirtualTime.VirtualTime => _time;

    /// <summary>The time.</summary>
    protected DateTimeOffset TimeNow => _time.Now;

    /// <inheritdoc />
    public DateTimeOffset Now => _time.Now;

    /// <inheritdoc />
    public TimeSpan MonotonicClock => _time.MonotonicClock;

    /// <inheritdoc />
    public TimeSpan HighResMonotonicClock => _time.HighResMonotonicClock;

    /// <inheritdoc />
    public IAdvancedScheduler Advanced => this;

    /// <summary>Moves time on.</summary>
    public void Advance(TimeSpan offset) => _time.Advance(offset);

    /// <summary>Moves time on to a moment.</summary>
    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now) throw new InvalidOperationException("You can't reverse time...");
        _time.AdvanceTo(when);
    }

    /// <inheritdoc />
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) => _time.ScheduleTellOnce(delay, receiver, message, sender);

    /// <inheritdoc />
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        _time.ScheduleTellOnce(delay, receiver, message, sender, cancelable);

    /// <inheritdoc />
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        _time.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender);

    /// <inheritdoc />
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        _time.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, Action action) => _time.ScheduleOnce(delay, action);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => _time.ScheduleOnce(delay, action, cancelable);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => _time.ScheduleRepeatedly(initialDelay, interval, action);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        _time.ScheduleRepeatedly(initialDelay, interval, action, cancelable);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action) => _time.ScheduleOnce(delay, action);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => _time.ScheduleOnce(delay, action, cancelable);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => _time.ScheduleRepeatedly(initialDelay, interval, action);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        _time.ScheduleRepeatedly(initialDelay, interval, action, cancelable);
}
