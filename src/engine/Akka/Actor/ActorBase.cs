namespace Akka.Actor;

/// <summary>The root of all actors: handles one message at a time.</summary>
public abstract partial class ActorBase
{
    // One delegate for all actors that have not changed their behavior: the running cell says whose it is.
    internal static readonly Receive InitialBehavior = static message => InternalCurrentActorCellKeeper.Current!.Actor!.ReceiveInitially(message);

    private readonly ActorCell _cell;

    /// <summary>Ties the actor to the cell that is making it.</summary>
    protected ActorBase()
    {
        _cell = InternalCurrentActorCellKeeper.Current
            ?? throw new ActorInitializationException("Do not create actors using 'new', always create them using an ActorContext/System");
        if (this is IWithTimers withTimers) withTimers.Timers = _cell.CreateTimers();
    }

    /// <summary>The sender of the message being handled; the dead letters when nobody sent it.</summary>
    protected IActorRef Sender => Context.Sender;

    /// <summary>The actor's own reference.</summary>
    protected IActorRef Self => _cell.Self;

    internal ActorCell Cell => _cell;

    /// <summary>The context; it exists only while the actor runs.</summary>
    protected static IActorContext Context => CurrentCell;

    private protected static ActorCell CurrentCell => InternalCurrentActorCellKeeper.Current
        ?? throw new NotSupportedException(
            "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    /// <summary>Handles no message.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    /// <summary>Stands between the mailbox and the behavior; who overrides it sees every message first.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (message is TimerScheduler.TimerMessage timer && !InterceptTimer(timer, ref message)) return true;
        var handled = ReferenceEquals(receive, InitialBehavior) ? ReceiveInitially(message) : receive(message);
        if (!handled) Unhandled(message);
        return handled;
    }

    private bool InterceptTimer(TimerScheduler.TimerMessage timer, ref object message)
    {
        if (this is not IWithTimers { Timers: TimerScheduler timers } || timers.Intercept(timer) is not { } inner) return false;
        _cell.CurrentMessage = inner;
        if (inner is IAutoReceivedMessage)
        {
            _cell.AutoReceive(inner);
            return false;
        }

        message = inner;
        return true;
    }

    internal virtual bool ReceiveInitially(object message) => Receive(message);

    /// <summary>The behavior the actor begins with.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Called for a message that the behavior did not handle.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        _cell.SystemImpl.EventStream.Publish(new Event.UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Replaces the current behavior.</summary>
    protected void Become(Receive receive) => Context.Become(receive);

    /// <summary>Lays a behavior over the current one.</summary>
    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    /// <summary>Goes back to the behavior below.</summary>
    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    /// <summary>Asks for <see cref="ReceiveTimeout"/> after that much silence; null takes it back.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);
}
