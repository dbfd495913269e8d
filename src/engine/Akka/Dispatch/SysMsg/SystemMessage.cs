using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message of the engine to a cell. It passes all user messages and is itself the link of the list it waits in.</summary>
internal abstract class SystemMessage
{
    public SystemMessage? Next;

    /// <summary>Must wait while the cell waits for its children to stop.</summary>
    public virtual bool WaitsForChildren => false;

    /// <summary>Must wait while the cell is suspended.</summary>
    public virtual bool WaitsWhileSuspended => false;
}

/// <summary>The first message of a cell: make the actor.</summary>
internal sealed class Create : SystemMessage;

/// <summary>Replace the actor by a fresh one.</summary>
internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause => cause;
    public override bool WaitsForChildren => true;
}

/// <summary>Handle no user message until resumed.</summary>
internal sealed class Suspend : SystemMessage
{
    public override bool WaitsForChildren => true;
}

/// <summary>Handle user messages again.</summary>
internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure => causedByFailure;
    public override bool WaitsForChildren => true;
}

/// <summary>Stop: first the children, then itself.</summary>
internal sealed class Terminate : SystemMessage;

/// <summary>Tell <paramref name="watcher"/> when <paramref name="watchee"/> is gone.</summary>
internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee => watchee;
    public IInternalActorRef Watcher => watcher;
}

/// <summary>Takes a <see cref="Watch"/> back.</summary>
internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee => watchee;
    public IInternalActorRef Watcher => watcher;
}

/// <summary><paramref name="actor"/> is gone.</summary>
internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated = false) : SystemMessage
{
    public IActorRef Actor => actor;
    public bool ExistenceConfirmed => existenceConfirmed;

    /// <summary>Its whole host is gone.</summary>
    public bool AddressTerminated => addressTerminated;
}

/// <summary>A child threw <paramref name="cause"/> and waits for its supervisor's decision.</summary>
internal sealed class Failed(LocalActorRef child, Exception cause) : SystemMessage
{
    public LocalActorRef Child => child;
    public Exception Cause => cause;
    public override bool WaitsForChildren => true;
    public override bool WaitsWhileSuspended => true;
}

/// <summary>A continuation of an async handler, to run inside the actor.</summary>
internal sealed class ActorTask(SendOrPostCallback callback, object? state) : SystemMessage
{
    public void Run() => callback(state);
}

/// <summary>An async handler has ended.</summary>
internal sealed class ActorTaskCompleted(Exception? failure) : SystemMessage
{
    public Exception? Failure => failure;
}
