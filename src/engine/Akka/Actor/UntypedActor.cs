using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with one method that gets every message.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <summary>The context; it exists only while the actor runs.</summary>
    protected static new IUntypedActorContext Context => CurrentCell;

    /// <inheritdoc />
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Handles a message; what is not handled goes to <see cref="ActorBase.Unhandled"/>.</summary>
    protected abstract void OnReceive(object message);

    /// <summary>Runs async work as part of handling the message: no other message is handled until it ends.</summary>
    protected void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    /// <summary>Runs async work as part of handling the message: no other message is handled until it ends.</summary>
    protected void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);

    /// <summary>Replaces the current behavior.</summary>
    protected void Become(UntypedReceive receive) => Context.Become(receive);

    /// <summary>Lays a behavior over the current one.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);
}

/// <summary>An actor that can put messages aside.</summary>
public abstract class UntypedActorWithStash : UntypedActor, IWithStash
{
    /// <summary>What was put aside.</summary>
    public IStash Stash { get; set; } = null!;
}
