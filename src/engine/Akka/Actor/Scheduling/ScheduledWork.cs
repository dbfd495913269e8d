using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Something due at a moment: once, or again at every interval. It is itself the link of the bucket it waits in.</summary>
internal abstract class ScheduledWork(ICancelable? cancelable, TimeSpan? interval)
{
    public ScheduledWork? Next;

    /// <summary>When it is due, on the scheduler's clock.</summary>
    public long DueTicks;

    /// <summary>Breaks ties: what was scheduled first runs first.</summary>
    public long Order;

    public TimeSpan? Interval => interval;
    public virtual bool IsCancelled => cancelable is { IsCancellationRequested: true };
    public abstract void Execute();
}

internal sealed class ScheduledTell(ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable, TimeSpan? interval)
    : ScheduledWork(cancelable, interval)
{
    public override void Execute() => receiver.Tell(message, sender!);
}

internal sealed class ScheduledAction(Action action, ICancelable? cancelable, TimeSpan? interval) : ScheduledWork(cancelable, interval)
{
    public override void Execute() => action();
}

internal sealed class ScheduledRunnable(IRunnable runnable, ICancelable? cancelable, TimeSpan? interval) : ScheduledWork(cancelable, interval)
{
    public override void Execute() => runnable.Run();
}
