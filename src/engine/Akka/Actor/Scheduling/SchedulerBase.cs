using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>What every scheduler shares: the check of its arguments, and the time.</summary>
public abstract class SchedulerBase : IScheduler, IAdvancedScheduler
{
    /// <summary>Its settings.</summary>
    protected readonly Config SchedulerConfig;

    /// <summary>Where it writes what went wrong.</summary>
    protected readonly ILoggingAdapter Log;

    /// <summary>Creates a scheduler.</summary>
    protected SchedulerBase(Config scheduler, ILoggingAdapter log)
    {
        SchedulerConfig = scheduler;
        Log = log;
    }

    IAdvancedScheduler IScheduler.Advanced => this;
    DateTimeOffset ITimeProvider.Now => TimeNow;

    /// <summary>The time of day.</summary>
    protected abstract DateTimeOffset TimeNow { get; }

    /// <inheritdoc />
    public abstract TimeSpan MonotonicClock { get; }

    /// <inheritdoc />
    public abstract TimeSpan HighResMonotonicClock { get; }

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender)
    {
        ValidateDelay(delay, nameof(delay));
        InternalScheduleTellOnce(delay, receiver, message, sender, null!);
    }

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable)
    {
        ValidateDelay(delay, nameof(delay));
        InternalScheduleTellOnce(delay, receiver, message, sender, cancelable);
    }

    void ITellScheduler.ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        InternalScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null!);
    }

    void ITellScheduler.ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        InternalScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);
    }

    void IActionScheduler.ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable)
    {
        ValidateDelay(delay, nameof(delay));
        InternalScheduleOnce(delay, action, cancelable);
    }

    void IActionScheduler.ScheduleOnce(TimeSpan delay, Action action)
    {
        ValidateDelay(delay, nameof(delay));
        InternalScheduleOnce(delay, action, null!);
    }

    void IActionScheduler.ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        InternalScheduleRepeatedly(initialDelay, interval, action, cancelable);
    }

    void IActionScheduler.ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        InternalScheduleRepeatedly(initialDelay, interval, action, null!);
    }

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable)
    {
        ValidateDelay(delay, nameof(delay));
        InternalScheduleOnce(delay, action, cancelable);
    }

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action)
    {
        ValidateDelay(delay, nameof(delay));
        InternalScheduleOnce(delay, action, null!);
    }

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        InternalScheduleRepeatedly(initialDelay, interval, action, cancelable);
    }

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        InternalScheduleRepeatedly(initialDelay, interval, action, null!);
    }

    /// <summary>Sends a message after a delay.</summary>
    protected abstract void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable);

    /// <summary>Sends a message again and again.</summary>
    protected abstract void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable);

    /// <summary>Runs an action after a delay.</summary>
    protected abstract void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable);

    /// <summary>Runs a runnable after a delay.</summary>
    protected abstract void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable);

    /// <summary>Runs an action again and again.</summary>
    protected abstract void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable);

    /// <summary>Runs a runnable again and again.</summary>
    protected abstract void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable);

    /// <summary>Refuses an interval that is not above zero.</summary>
    protected static void ValidateInterval(TimeSpan interval, string parameterName)
    {
        if (interval <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(parameterName, $"The interval must be >0. It was {interval}");
    }

    /// <summary>Refuses a negative delay.</summary>
    protected static void ValidateDelay(TimeSpan delay, string parameterName)
    {
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(parameterName, $"The delay must be >=0. It was {delay}");
    }
}
