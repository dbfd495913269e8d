namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Expects silence for the default time.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Silence(RemainingOrDefault, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects silence.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => Silence(Dilated(duration), block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects silence.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>Expects silence for the default time.</summary>
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => Silence(RemainingOrDefault, block: false, cancellationToken);

    /// <summary>Expects silence.</summary>
    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => Silence(Dilated(duration), block: false, cancellationToken);

    /// <summary>Expects silence.</summary>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>Expects one of the messages.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        AnyOf(messages, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects one of the messages.</summary>
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        AnyOf(messages, block: false, cancellationToken);

    /// <summary>Expects all the messages, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => AllOf(RemainingOrDefault, messages, block: true, default).GetAwaiter().GetResult();

    /// <summary>Expects all the messages, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(RemainingOrDefault, messages, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects all the messages, in any order, in the time given.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => AllOf(Dilated(max), messages, block: true, default).GetAwaiter().GetResult();

    /// <summary>Expects all the messages, in any order, in the time given.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(Dilated(max), messages, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Expects all the messages, in any order.</summary>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Stream(AllOf(RemainingOrDefault, messages, block: false, cancellationToken), cancellationToken);

    private async ValueTask Silence(TimeSpan duration, bool block, CancellationToken stop)
    {
        if (await Take(duration, block, stop).ConfigureAwait(true) is { } envelope)
        {
            _assertions.Fail($"Failed: Expected no messages during {duration}, instead we received {envelope.Message} from {envelope.Sender}");
        }
        _lastWasNoMessage = true;
    }

    private async ValueTask<T> AnyOf<T>(IEnumerable<T> messages, bool block, CancellationToken stop)
    {
        var limit = RemainingOrDefault;
        var envelope = await Take(limit, block, stop).ConfigureAwait(true);
        if (envelope is null) _assertions.Fail($"Failed: Timeout {limit} waiting for one of [{string.Join(", ", messages)}]");
        if (envelope!.Message is not T message || !messages.Contains(message)) _assertions.Fail($"Failed: Found unexpected {envelope.Message}, expected one of [{string.Join(", ", messages)}]");
        return (T)envelope.Message!;
    }

    private async ValueTask<IReadOnlyCollection<T>> AllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, bool block, CancellationToken stop)
    {
        var received = await Many(messages.Count, max, block, stop).ConfigureAwait(true);
        var missing = new List<T>(messages);
        var unexpected = received.Where(r => r is not T typed || !missing.Remove(typed)).ToList();
        if (unexpected.Count > 0) _assertions.Fail($"Failed: Not found [{string.Join(", ", missing)}], found unexpected [{string.Join(", ", unexpected)}]");
        return [.. received.Cast<T>()];
    }
}
