namespace Akka.Actor;

/// <summary>One Receive of a <see cref="ReceiveActor"/>; the handlers of a behavior are a chain, tried in order.</summary>
internal abstract class MessageHandler
{
    public MessageHandler? Next;

    /// <summary>True when the message was this handler's.</summary>
    public abstract bool TryHandle(object message);

    public virtual bool TakesAll => false;

    public static bool Handle(MessageHandler? first, object message)
    {
        for (var handler = first; handler is not null; handler = handler.Next)
        {
            if (handler.TryHandle(message)) return true;
        }

        return false;
    }
}

internal sealed class TypedHandler<T>(Action<T> action) : MessageHandler
{
    public override bool TryHandle(object message)
    {
        if (message is not T typed) return false;
        action(typed);
        return true;
    }
}

internal sealed class GuardedHandler<T>(Action<T> action, Predicate<T> guard) : MessageHandler
{
    public override bool TryHandle(object message)
    {
        if (message is not T typed || !guard(typed)) return false;
        action(typed);
        return true;
    }
}

internal sealed class DecidingHandler<T>(Func<T, bool> action) : MessageHandler
{
    public override bool TryHandle(object message) => message is T typed && action(typed);
}

internal sealed class TypeObjectHandler(Type type, Func<object, bool> action) : MessageHandler
{
    public override bool TryHandle(object message) => type.IsInstanceOfType(message) && action(message);
}

internal sealed class AsyncHandler<T>(Func<T, Task> action, Predicate<T>? guard) : MessageHandler
{
    public override bool TryHandle(object message)
    {
        if (message is not T typed || guard is not null && !guard(typed)) return false;
        Dispatch.ActorTaskScheduler.RunTask(() => action(typed));
        return true;
    }
}

internal sealed class AnyHandler(Action<object> action) : MessageHandler
{
    public override bool TakesAll => true;

    public override bool TryHandle(object message)
    {
        action(message);
        return true;
    }
}
