using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Watches one actor in the place of a task.</summary>
internal sealed class DeathWatcher : MinimalActorRef, IAskTarget
{
    private readonly ActorSystemImpl _system;
    private readonly TaskCompletionSource<bool> _gone;
    private readonly ActorPath _path;

    private DeathWatcher(ActorSystemImpl system)
    {
        _system = system;
        _path = system.NextTempPath();
        _gone = new TaskCompletionSource<bool>(system.IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public override ActorPath Path => _path;
    internal override ActorSystemImpl SystemImpl => _system;

    public static Task<bool> Watch(IInternalActorRef target, TimeSpan timeout, CancellationToken token)
    {
        if (target.SystemImpl is not { } system) return Task.FromResult(true);
        var watcher = new DeathWatcher(system);
        system.ProviderImpl.Register(watcher);
        _ = watcher._gone.Task.ContinueWith(static (_, state) => ((DeathWatcher)state!).Forget(), watcher, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        target.SendSystemMessage(new Watch(target, watcher));
        if (token.CanBeCanceled) token.UnsafeRegister(static state => ((DeathWatcher)state!)._gone.TrySetCanceled(), watcher);
        if (timeout > TimeSpan.Zero) system.ScheduleAskTimeout(new AskTimeout(watcher, timeout), timeout);
        return watcher._gone.Task;
    }

    private void Forget() => _system.ProviderImpl.Unregister(this);

    public void TimedOut(TimeSpan timeout) => OutsideOfTurns.Run(() => _gone.TrySetCanceled());

    internal override void ReceiveSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification) OutsideOfTurns.Run(() => _gone.TrySetResult(true));
    }
}
