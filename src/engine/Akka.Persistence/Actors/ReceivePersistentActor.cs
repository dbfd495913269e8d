using Akka.Actor;

namespace Akka.Persistence;

/// <summary>A persistent actor whose behavior is two lists of handlers: <c>Command</c> for commands, <c>Recover</c> for events and snapshots.</summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor
{
    private readonly HandlerList _recovers = new();
    private HandlerList _commands = new();

    /// <inheritdoc />
    protected sealed override void OnCommand(object message)
    {
        if (!_commands.Handle(message)) Unhandled(message);
    }

    /// <inheritdoc />
    protected sealed override void OnRecover(object message)
    {
        if (!_recovers.Handle(message)) Unhandled(message);
    }

    /// <summary>Replaces the handlers of commands by those that <paramref name="configure"/> declares.</summary>
    protected void Become(Action configure) => Become(Declare(configure));

    /// <summary>Lays the handlers of commands that <paramref name="configure"/> declares over the current ones.</summary>
    protected void BecomeStacked(Action configure) => BecomeStacked(Declare(configure));

    /// <summary>Applies events of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _recovers.Add(shouldHandle is null ? new TypedHandler<T>(handler) : new GuardedHandler<T>(handler, shouldHandle));

    /// <summary>Applies events of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => Recover(handler, shouldHandle);

    /// <summary>Offers events of a type; false passes the event on to the next handler.</summary>
    protected void Recover<T>(Func<T, bool> handler) => _recovers.Add(new DecidingHandler<T>(handler));

    /// <summary>Applies events of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) => _recovers.Add(Guarded(messageType, handler, shouldHandle));

    /// <summary>Applies events of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Recover(messageType, handler, shouldHandle);

    /// <summary>Offers events of a type; false passes the event on to the next handler.</summary>
    protected void Recover(Type messageType, Func<object, bool> handler) => _recovers.Add(new TypeObjectHandler(messageType, handler));

    /// <summary>Applies whatever no handler before took.</summary>
    protected void RecoverAny(Action<object> handler) => _recovers.Add(new AnyHandler(handler));

    /// <summary>Handles commands of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _commands.Add(shouldHandle is null ? new TypedHandler<T>(handler) : new GuardedHandler<T>(handler, shouldHandle));

    /// <summary>Handles commands of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    /// <summary>Offers commands of a type; false passes the command on to the next handler.</summary>
    protected void Command<T>(Func<T, bool> handler) => _commands.Add(new DecidingHandler<T>(handler));

    /// <summary>Handles commands of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) => _commands.Add(Guarded(messageType, handler, shouldHandle));

    /// <summary>Handles commands of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Command(messageType, handler, shouldHandle);

    /// <summary>Offers commands of a type; false passes the command on to the next handler.</summary>
    protected void Command(Type messageType, Func<object, bool> handler) => _commands.Add(new TypeObjectHandler(messageType, handler));

    /// <summary>Handles whatever no handler before took.</summary>
    protected void Command(Action<object> handler) => _commands.Add(new AnyHandler(handler));

    /// <summary>Handles whatever no handler before took.</summary>
    protected void CommandAny(Action<object> handler) => _commands.Add(new AnyHandler(handler));

    /// <summary>Handles commands asynchronously; no other command is handled until the task ends.</summary>
    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Command(message => RunTask(() => handler(message)), shouldHandle);

    /// <summary>Handles commands asynchronously; no other command is handled until the task ends.</summary>
    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => CommandAsync(handler, shouldHandle);

    /// <summary>Handles whatever no handler before took, asynchronously.</summary>
    protected void CommandAnyAsync(Func<object, Task> handler) => CommandAny(message => RunTask(() => handler(message)));

    private UntypedReceive Declare(Action configure)
    {
        var outer = _commands;
        var declared = _commands = new HandlerList();
        try
        {
            configure();
        }
        finally
        {
            _commands = outer;
        }
        return message =>
        {
            if (!declared.Handle(message)) Unhandled(message);
        };
    }

    private static TypeObjectHandler Guarded(Type type, Action<object> handler, Predicate<object>? shouldHandle) => new(type, message =>
    {
        if (shouldHandle is not null && !shouldHandle(message)) return false;
        handler(message);
        return true;
    });

    /// <summary>Handlers, tried in the order in which they were declared.</summary>
    private sealed class HandlerList
    {
        private MessageHandler? _first;
        private MessageHandler? _last;

        public void Add(MessageHandler handler)
        {
            if (_last is { TakesAll: true }) throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
            if (_last is null) _first = handler;
            else _last.Next = handler;
            _last = handler;
        }

        public bool Handle(object message) => MessageHandler.Handle(_first, message);
    }
}
