using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor whose behavior is a list of handlers, tried in the order in which they were declared.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private MessageHandler? _handlers;
    private HandlerChain? _open;

    /// <summary>Opens the first behavior: the constructor declares it.</summary>
    protected ReceiveActor() => _open = new HandlerChain();

    internal void CloseInitialBehavior()
    {
        if (_open is null) return;
        _handlers = _open.First;
        _open = null;
    }

    internal override bool ReceiveInitially(object message) => MessageHandler.Handle(_handlers, message);

    /// <summary>Not for use: a ReceiveActor declares handlers.</summary>
    protected sealed override void OnReceive(object message)
    {
        if (!ReceiveInitially(message)) Unhandled(message);
    }

    /// <summary>Replaces the behavior by the one that <paramref name="configure"/> declares.</summary>
    protected void Become(Action configure) => Context.Become(Declare(configure));

    /// <summary>Lays the behavior that <paramref name="configure"/> declares over the current one.</summary>
    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Declare(configure));

    /// <summary>Handles messages of type <typeparamref name="T"/> that pass <paramref name="shouldHandle"/>.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null)
    {
        if (shouldHandle is not null) Add(new GuardedHandler<T>(handler, shouldHandle));
        else if (handler is Action<object> all && typeof(T) == typeof(object)) Add(new AnyHandler(all));
        else Add(new TypedHandler<T>(handler));
    }

    /// <summary>Handles messages of type <typeparamref name="T"/> that pass <paramref name="shouldHandle"/>.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Handles messages of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new TypeObjectHandler(messageType, message =>
        {
            if (shouldHandle is not null && !shouldHandle(message)) return false;
            handler(message);
            return true;
        }));

    /// <summary>Handles messages of a type that pass <paramref name="shouldHandle"/>.</summary>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    /// <summary>Offers messages of type <typeparamref name="T"/>; false passes the message on to the next handler.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new DecidingHandler<T>(handler));

    /// <summary>Offers messages of a type; false passes the message on to the next handler.</summary>
    protected void Receive(Type messageType, Func<object, bool> handler) => Add(new TypeObjectHandler(messageType, handler));

    /// <summary>Handles whatever no handler before took. No handler can follow.</summary>
    protected void ReceiveAny(Action<object> handler) => Add(new AnyHandler(handler));

    /// <summary>Handles messages asynchronously; no other message is handled until the task ends.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Add(new AsyncHandler<T>(handler, shouldHandle));

    /// <summary>Handles messages asynchronously; no other message is handled until the task ends.</summary>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => Add(new AsyncHandler<T>(handler, shouldHandle));

    /// <summary>Handles messages of a type asynchronously; no other message is handled until the task ends.</summary>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, message => ActorTaskScheduler.RunTask(() => handler(message)), shouldHandle);

    /// <summary>Handles messages of a type asynchronously; no other message is handled until the task ends.</summary>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => ReceiveAsync(messageType, handler, shouldHandle);

    /// <summary>Handles whatever no handler before took, asynchronously.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) =>
        Add(new AnyHandler(message => ActorTaskScheduler.RunTask(() => handler(message))));

    private Receive Declare(Action configure)
    {
        var outer = _open;
        var chain = _open = new HandlerChain();
        try
        {
            configure();
        }
        finally
        {
            _open = outer;
        }

        var first = chain.First;
        return message => MessageHandler.Handle(first, message);
    }

    private void Add(MessageHandler handler)
    {
        if (_open is null) throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
        _open.Add(handler);
    }

    private sealed class HandlerChain
    {
        private MessageHandler? _last;

        public MessageHandler? First { get; private set; }

        public void Add(MessageHandler handler)
        {
            if (_last is { TakesAll: true })
                throw new InvalidOperationException("A handler that catches all messages has been added. No handler can be added after that.");
            if (_last is null) First = handler;
            else _last.Next = handler;
            _last = handler;
        }
    }
}
