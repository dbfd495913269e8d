using Akka.Event;

namespace Akka.Actor;

/// <summary>How an actor deals with failing children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Restarts; stops what could not be made, was killed, or ignored the death of a watched actor.</summary>
    public static IDecider DefaultDecider = Akka.Actor.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    /// <summary>One for one, with the default decider.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops every failing child.</summary>
    public static readonly OneForOneStrategy StoppingStrategy = new(static _ => Directive.Stop);

    private protected SupervisorStrategy() { }

    /// <summary>What decides.</summary>
    public abstract IDecider Decider { get; }

    /// <summary>Whether decisions are logged.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>The directive for a failure.</summary>
    protected abstract Directive Handle(IActorRef child, Exception exception);

    internal abstract void ProcessFailure(ActorCell cell, bool restart, IActorRef child, Exception cause);

    /// <summary>Acts on a failure; false means that it is the supervisor's own now.</summary>
    internal bool HandleFailure(ActorCell cell, IActorRef child, Exception cause)
    {
        var directive = Handle(child, cause);
        LogFailure(cell, child, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                ((IInternalActorRef)child).Resume(cause);
                return true;
            case Directive.Restart:
                ProcessFailure(cell, restart: true, child, cause);
                return true;
            case Directive.Stop:
                ProcessFailure(cell, restart: false, child, cause);
                return true;
            default:
                return false;
        }
    }

    private protected static bool MayRestart(ActorCell cell, IActorRef child, int maxRetries, int withinMilliseconds) =>
        cell.StatsOf(child).RequestRestartPermission(maxRetries, withinMilliseconds, cell.SystemImpl.Scheduler.MonotonicClock);

    /// <summary>Writes the decision to the log.</summary>
    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate) return;
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        LogEvent entry = directive == Directive.Resume
            ? new Warning(child.Path.ToString(), GetType(), message)
            : new Error(cause, child.Path.ToString(), GetType(), message);
        context.System.EventStream.Publish(entry);
    }
}

/// <summary>Acts on the failed child alone.</summary>
public class OneForOneStrategy : SupervisorStrategy
{
    private readonly IDecider _decider;

    /// <summary>Creates the strategy; null means without limit.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), localOnlyDecider) { }

    /// <summary>Creates the strategy; null means without limit.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), decider) { }

    /// <summary>Creates the strategy; -1 means without limit.</summary>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled) { }

    /// <summary>Creates the strategy; -1 means without limit.</summary>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Creates the strategy without a limit of restarts.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }

    /// <summary>Creates the strategy without a limit of restarts.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true) : this(-1, -1, localOnlyDecider, loggingEnabled) { }

    /// <summary>Creates the strategy without a limit of restarts.</summary>
    public OneForOneStrategy(IDecider decider) : this(-1, -1, decider) { }

    /// <summary>How many restarts in the window are too many; -1 for no limit.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The window; -1 for the whole life.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    /// <inheritdoc />
    public override IDecider Decider => _decider;

    private protected static int Milliseconds(TimeSpan? span) => span is null ? -1 : (int)Math.Min(int.MaxValue, span.Value.TotalMilliseconds);

    /// <summary>The same strategy with another limit.</summary>
    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) => new(maxNrOfRetries, WithinTimeRangeMilliseconds, _decider, LoggingEnabled);

    /// <inheritdoc />
    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);

    internal override void ProcessFailure(ActorCell cell, bool restart, IActorRef child, Exception cause)
    {
        if (restart && MayRestart(cell, child, MaxNumberOfRetries, WithinTimeRangeMilliseconds)) ((IInternalActorRef)child).Restart(cause);
        else cell.Stop(child);
    }
}

/// <summary>Acts on all children when one fails.</summary>
public class AllForOneStrategy : SupervisorStrategy
{
    private readonly IDecider _decider;

    /// <summary>Creates the strategy; null means without limit.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, new LocalOnlyDecider(localOnlyDecider)) { }

    /// <summary>Creates the strategy; null means without limit.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, withinTimeRange is null ? -1 : (int)Math.Min(int.MaxValue, withinTimeRange.Value.TotalMilliseconds), decider) { }

    /// <summary>Creates the strategy; -1 means without limit.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled) { }

    /// <summary>Creates the strategy; -1 means without limit.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Creates the strategy without a limit of restarts.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }

    /// <summary>Creates the strategy without a limit of restarts.</summary>
    public AllForOneStrategy(IDecider decider) : this(-1, -1, decider) { }

    /// <summary>How many restarts in the window are too many; -1 for no limit.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The window; -1 for the whole life.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    /// <inheritdoc />
    public override IDecider Decider => _decider;

    /// <inheritdoc />
    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);

    internal override void ProcessFailure(ActorCell cell, bool restart, IActorRef child, Exception cause)
    {
        var children = cell.ChildrenSnapshot();
        if (children.Length == 0) return;
        if (restart && children.All(c => MayRestart(cell, c, MaxNumberOfRetries, WithinTimeRangeMilliseconds)))
        {
            foreach (var sibling in children)
            {
                if (!sibling.Equals(child)) sibling.Suspend();
                sibling.Restart(cause);
            }
        }
        else
        {
            foreach (var sibling in children) cell.Stop(sibling);
        }
    }
}
