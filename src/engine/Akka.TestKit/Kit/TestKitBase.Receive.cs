using System.Runtime.CompilerServices;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Takes the next message, or null when there is none in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(max, block: true, cancellationToken).GetAwaiter().GetResult()?.Message;

    /// <summary>Takes the next message, or null when there is none in time.</summary>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Take(max, block: false, cancellationToken).ConfigureAwait(true))?.Message;

    /// <summary>Takes the next message; false when there is none in time.</summary>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var taken = Take(max, block: true, cancellationToken).GetAwaiter().GetResult();
        envelope = taken ?? NullMessageEnvelope.Instance;
        return taken is not null;
    }

    /// <summary>Takes the next message; false when there is none in time.</summary>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default) =>
        await Take(max, block: false, cancellationToken).ConfigureAwait(true) is { } taken ? (true, taken) : (false, NullMessageEnvelope.Instance);

    /// <summary>The next message, which stays; null when there is none in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Take(max, block: true, cancellationToken, remove: false).GetAwaiter().GetResult()?.Message;

    /// <summary>The next message, which stays; null when there is none in time.</summary>
    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Take(max, block: false, cancellationToken, remove: false).ConfigureAwait(true))?.Message;

    /// <summary>Takes that many messages.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Many(numberOfMessages, RemainingOrDefault, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Takes that many messages, all of them in the time given.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Many(numberOfMessages, Dilated(max), block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Takes that many messages.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Stream(Many(numberOfMessages, RemainingOrDefault, block: false, cancellationToken), cancellationToken);

    /// <summary>Takes that many messages, all of them in the time given.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Stream(Many(numberOfMessages, Dilated(max), block: false, cancellationToken), cancellationToken);

    /// <summary>Takes messages until one is the one looked for.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes messages until one is the one looked for.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(isMessage, max, hint, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Takes messages until one is the one looked for.</summary>
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(isMessage, max, hint, block: false, cancellationToken);

    /// <summary>Takes messages until one is the one looked for.</summary>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(isMessage, max, hint, block: false, cancellationToken);

    /// <summary>Takes messages as long as the filter makes something of them, the time lasts and none comes later than <paramref name="idle"/> after the other.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        While(filter, max, idle, msgs, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Takes messages as long as the filter makes something of them and the time lasts.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        While(filter, max, null, msgs, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Takes messages as long as the filter makes something of them, the time lasts and none comes later than <paramref name="idle"/> after the other.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        While(filter, max, idle, msgs, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Takes messages of the type as long as they are what is looked for.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        TypedWhile(shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Takes messages as long as the filter makes something of them, the time lasts and none comes later than <paramref name="idle"/> after the other.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        Stream(While(filter, max, idle, msgs, block: false, cancellationToken), cancellationToken);

    private async ValueTask<MessageEnvelope?> Take(TimeSpan? max, bool block, CancellationToken stop, bool remove = true)
    {
        var limit = max is null ? RemainingOrDefault : max == Timeout.InfiniteTimeSpan ? max.Value : Positive(max.Value);
        var envelope = await _received.Next(remove, limit, block, stop).ConfigureAwait(true);
        _lastWasNoMessage = false;
        if (remove) _last = envelope ?? NullMessageEnvelope.Instance;
        return envelope;
    }

    private async ValueTask<IReadOnlyCollection<object>> Many(int count, TimeSpan max, bool block, CancellationToken stop)
    {
        var end = Clock + max;
        var messages = new List<object>();
        while (messages.Count < count)
        {
            var envelope = await Take(Positive(end - Clock), block, stop).ConfigureAwait(true);
            if (envelope is null) _assertions.Fail($"Timeout ({max}) while expecting {count} messages. Only got {messages.Count} after {max}.");
            messages.Add(envelope!.Message!);
        }
        return messages;
    }

    private async ValueTask<T> Fish<T>(Predicate<T> isMessage, TimeSpan? max, string hint, bool block, CancellationToken stop)
    {
        var limit = RemainingOrDilated(max);
        var end = Clock + limit;
        while (true)
        {
            var envelope = await Take(Positive(end - Clock), block, stop).ConfigureAwait(true);
            if (envelope is null) _assertions.Fail($"Timeout ({limit}) during fishForMessage, hint: {hint}");
            if (envelope!.Message is T message && isMessage(message)) return message;
        }
    }

    private async ValueTask<IReadOnlyList<T>> While<T>(Func<object, T?> filter, TimeSpan? max, TimeSpan? idle, int count, bool block, CancellationToken stop)
    {
        var end = Clock + RemainingOrDilated(max);
        var taken = new List<T>();
        MessageEnvelope last = NullMessageEnvelope.Instance;
        while (taken.Count < count)
        {
            var left = Positive(end - Clock);
            if (idle is { } pause && pause < left) left = pause;
            if (await _received.Next(remove: false, left, block, stop).ConfigureAwait(true) is not { } envelope || filter(envelope.Message!) is not { } made) break;
            _received.TryTake(remove: true);
            last = envelope;
            taken.Add(made);
        }
        _last = last;
        _lastWasNoMessage = true;
        return taken;
    }

    private async ValueTask<IReadOnlyList<T>> TypedWhile<T>(Predicate<T> shouldContinue, TimeSpan? max, TimeSpan? idle, int count, bool skipOthers, bool block, CancellationToken stop)
    {
        var end = Clock + RemainingOrDilated(max);
        var taken = new List<T>();
        while (taken.Count < count)
        {
            var left = Positive(end - Clock);
            if (idle is { } pause && pause < left) left = pause;
            if (await _received.Next(remove: false, left, block, stop).ConfigureAwait(true) is not { } envelope) break;
            if (envelope.Message is T typed)
            {
                if (!shouldContinue(typed)) break;
                taken.Add(typed);
            }
            else if (!skipOthers) break;
            _received.TryTake(remove: true);
            _last = envelope;
        }
        _lastWasNoMessage = true;
        return taken;
    }

    private static async IAsyncEnumerable<T> Stream<T>(ValueTask<IReadOnlyCollection<T>> all, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var item in await all.ConfigureAwait(true))
        {
            stop.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    private static async IAsyncEnumerable<T> Stream<T>(ValueTask<IReadOnlyList<T>> all, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var item in await all.ConfigureAwait(true))
        {
            stop.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
