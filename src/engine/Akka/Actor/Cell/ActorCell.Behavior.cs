namespace Akka.Actor;

/// <summary>The behavior stack, the receive timeout and the timers.</summary>
internal sealed partial class ActorCell
{
    public void Become(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        _behavior = receive;
    }

    public void BecomeStacked(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        (Extras.Behaviors ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked() =>
        _behavior = _extras?.Behaviors is { Count: > 0 } behaviors ? behaviors.Pop() : ActorBase.InitialBehavior;

    public void Become(UntypedReceive receive) => Become(AsReceive(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(AsReceive(receive));

    private static Receive AsReceive(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    public TimeSpan? ReceiveTimeout => _extras?.ReceiveTimeout;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout is null && _extras is null) return;
        Extras.ReceiveTimeout = timeout;
        if (timeout is null) CancelReceiveTimeout();
    }

    private void CheckReceiveTimeout(bool reschedule)
    {
        if (_extras?.ReceiveTimeout is not { } timeout || IsTerminated) return;
        if (!reschedule && _extras.PendingReceiveTimeout is not null) return;
        CancelReceiveTimeout();
        _extras.PendingReceiveTimeout = _system.Scheduler.ScheduleTellOnceCancelable(timeout, _self, Akka.Actor.ReceiveTimeout.Instance, _self);
    }

    private void CancelReceiveTimeout()
    {
        if (_extras?.PendingReceiveTimeout is not { } pending) return;
        pending.Cancel();
        _extras.PendingReceiveTimeout = null;
    }

    public TimerScheduler CreateTimers() => new(this);
}
