using System.Runtime.CompilerServices;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference behind an Ask: the first message to it is the answer. It has a name only when somebody asks for it.</summary>
internal sealed class FutureActorRef<T>(ActorSystemImpl system, TaskCompletionSource<T> result) : MinimalActorRef, ICanTell, IAskTarget
{
    private ActorPath? _path;
    private int _answered;
    private CancellationTokenRegistration _cancellation;
    private AskTimeout? _timeout;
    private IInternalActorRef? _watcher;

    public override ActorPath Path => _path ?? MakePath();

    private ActorPath MakePath()
    {
        if (Interlocked.CompareExchange(ref _path, system.NextTempPath(), null) is { } other) return other;
        system.ProviderImpl.Register(this);
        // It may have been answered before it could be found.
        if (IsAnswered) system.ProviderImpl.Unregister(this);
        return _path;
    }

    internal override ActorSystemImpl SystemImpl => system;
    internal override IInternalActorRef ParentRef => system.TempContainerRef;
    internal override bool Terminated => IsAnswered;
    private protected override long Uid => ActorPath.UndefinedUid;
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    private bool IsAnswered => Volatile.Read(ref _answered) != 0;

    public void CancelWith(CancellationToken token)
    {
        if (!token.CanBeCanceled) return;
        _cancellation = token.UnsafeRegister(
            static (state, cancelled) =>
            {
                var future = (FutureActorRef<T>)state!;
                if (future.Claim()) future.SetCancelled(cancelled);
            },
            this);
    }

    public void TimeOutAfter(TimeSpan timeout)
    {
        _timeout = new AskTimeout(this, timeout);
        system.ScheduleAskTimeout(_timeout, timeout);
    }

    public void TimedOut(TimeSpan timeout)
    {
        if (!Claim()) return;
        OutsideOfTurns.Run(() => result.TrySetException(new AskTimeoutException($"Timeout after {timeout.TotalSeconds:F2} seconds")));
    }

    void ICanTell.Tell(object message, IActorRef sender) => TellInternal(message, sender);

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (Claim())
        {
            if (system.IsDeterministic) OutsideOfTurns.Run(() => Answer(message));
            else Answer(message);
        }
        else if (!result.Task.IsCanceled)
        {
            system.DeadLetters.Tell(message, this);
        }
    }

    private void Answer(object message)
    {
        switch (message)
        {
            case T answer:
                result.TrySetResult(answer);
                break;
            case null:
                result.TrySetResult(default!);
                break;
            case Status.Failure failure:
                result.TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message."));
                break;
            default:
                result.TrySetException(new ArgumentException($"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
                break;
        }
    }

    private void SetCancelled(CancellationToken token) => OutsideOfTurns.Run(() => result.TrySetCanceled(token));

    private bool Claim()
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0) return false;
        _timeout?.Release();
        _cancellation.Unregister();
        if (_path is not null) system.ProviderImpl.Unregister(this);
        Volatile.Read(ref _watcher)?.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true));
        return true;
    }

    internal override void ReceiveSystemMessage(SystemMessage message)
    {
        if (message is not Watch watch || !ReferenceEquals(watch.Watchee, this)) return;
        Volatile.Write(ref _watcher, watch.Watcher);
        if (IsAnswered) watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true));
    }
}

/// <summary>Who is told that nobody answered.</summary>
internal interface IAskTarget
{
    void TimedOut(TimeSpan timeout);
}

/// <summary>The end of the patience of an Ask; one that was answered leaves the scheduler with nothing in it.</summary>
internal sealed class AskTimeout(IAskTarget target, TimeSpan timeout) : ScheduledWork(null, null)
{
    private IAskTarget? _target = target;

    public override bool IsCancelled => Volatile.Read(ref _target) is null;
    public void Release() => Volatile.Write(ref _target, null);
    public override void Execute() => Volatile.Read(ref _target)?.TimedOut(timeout);
}
