using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Expects a message of the type.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(_ => { }, duration, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(_ => { }, duration, hint, block: false, cancellationToken);

    /// <summary>Expects a message equal to the one given.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => Equal(message, e, hint), timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message equal to the one given.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => Equal(message, e, hint), timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message of the type for which the predicate holds.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => Holds(isMessage((T)e.Message!), e, hint), timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type for which the predicate holds.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => Holds(isMessage((T)e.Message!), e, hint), timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message of the type and hands it to the assertions.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => assert((T)e.Message!), timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type and hands it to the assertions.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => assert((T)e.Message!), timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message of the type for which, with its sender, the function holds.</summary>
    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => Holds(isMessageAndSender((T)e.Message!, e.Sender), e, hint), timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type for which, with its sender, the function holds.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => Holds(isMessageAndSender((T)e.Message!, e.Sender), e, hint), timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message of the type and hands it with its sender to the assertions.</summary>
    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => assertMessageAndSender((T)e.Message!, e.Sender), timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type and hands it with its sender to the assertions.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => assertMessageAndSender((T)e.Message!, e.Sender), timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message that the comparer calls equal to the one given.</summary>
    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => _assertions.AssertEqual(expected, (T)e.Message!, comparer, hint ?? ""), timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message that the comparer calls equal to the one given.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => _assertions.AssertEqual(expected, (T)e.Message!, comparer, hint ?? ""), timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message of the type from the sender.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => From(sender, e), duration, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type from the sender.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => From(sender, e), duration, hint, block: false, cancellationToken);

    /// <summary>Expects from the sender a message equal to the one given.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { Equal(message, e, hint); From(sender, e); }, timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects from the sender a message equal to the one given.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { Equal(message, e, hint); From(sender, e); }, timeout, hint, block: false, cancellationToken);

    /// <summary>Expects from the sender a message of the type for which the predicate holds.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { Holds(isMessage((T)e.Message!), e, hint); From(sender, e); }, timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects from the sender a message of the type for which the predicate holds.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { Holds(isMessage((T)e.Message!), e, hint); From(sender, e); }, timeout, hint, block: false, cancellationToken);

    /// <summary>Expects from the sender a message of the type and hands it to the assertions.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { assertMessage((T)e.Message!); From(sender, e); }, timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects from the sender a message of the type and hands it to the assertions.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { assertMessage((T)e.Message!); From(sender, e); }, timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message of the type for which, and for whose sender, the predicates hold.</summary>
    public T ExpectMsgFrom<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { Holds(isSender(e.Sender), e, hint ?? "the sender to match"); Holds(isMessage((T)e.Message!), e, hint); }, timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type for which, and for whose sender, the predicates hold.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { Holds(isSender(e.Sender), e, hint ?? "the sender to match"); Holds(isMessage((T)e.Message!), e, hint); }, timeout, hint, block: false, cancellationToken);

    /// <summary>Expects a message of the type and hands it and its sender to the assertions.</summary>
    public T ExpectMsgFrom<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { assertSender(e.Sender); assertMessage((T)e.Message!); }, timeout, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects a message of the type and hands it and its sender to the assertions.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(e => { assertSender(e.Sender); assertMessage((T)e.Message!); }, timeout, hint, block: false, cancellationToken);

    /// <summary>Expects that the actor, which is being watched, has stopped.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<Terminated>(e => Equal(target, ((Terminated)e.Message!).ActorRef, hint ?? $"Terminated {target}"), timeout, hint ?? $"Terminated {target}", block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects that the actor, which is being watched, has stopped.</summary>
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<Terminated>(e => Equal(target, ((Terminated)e.Message!).ActorRef, hint ?? $"Terminated {target}"), timeout, hint ?? $"Terminated {target}", block: false, cancellationToken);

    private async ValueTask<T> Expect<T>(Action<MessageEnvelope> check, TimeSpan? timeout, string? hint, bool block, CancellationToken stop)
    {
        var limit = RemainingOrDilated(timeout);
        var envelope = await Take(limit, block, stop).ConfigureAwait(true);
        if (envelope is null) _assertions.Fail($"Failed: Timeout {limit} while waiting for a message of type {typeof(T)}. {hint}");
        if (envelope!.Message is not T)
        {
            _assertions.Fail($"Failed: Expected a message of type {typeof(T)}, but received {{{envelope.Message}}} (type {envelope.Message?.GetType()}) instead from {envelope.Sender}. {hint}");
        }
        check(envelope);
        return (T)envelope.Message!;
    }

    private void Equal<T>(T expected, MessageEnvelope envelope, string? hint) => _assertions.AssertEqual(expected, (T)envelope.Message!, hint ?? "");

    private void Equal(IActorRef expected, IActorRef actual, string hint) => _assertions.AssertEqual(expected, actual, hint);

    private void From(IActorRef expected, MessageEnvelope envelope) => _assertions.AssertEqual(expected, envelope.Sender, "The sender of the message");

    private void Holds(bool holds, MessageEnvelope envelope, string? hint) =>
        _assertions.AssertTrue(holds, $"Expected {hint ?? "the predicate to return true"}, but the message {{{envelope.Message}}} of type {envelope.Message?.GetType()} from {envelope.Sender} did not match");
}
