using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Mutes the filters' events at the listener of the system, runs the action, waits for the events that are missing.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<LogFilter> filters) : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) => Intercept(expectedCount, null, Returning(action), cancellationToken);

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Intercept(expectedCount, timeout, Returning(action), cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) => Intercept(expectedCount, null, func, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => InterceptAsync(1, null, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default) => InterceptAsync(1, timeout, actionAsync, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) => InterceptAsync(expectedCount, null, actionAsync, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        action();
    }

    public IUnmutableFilter Mute() => new Muted(system, filters);

    private int Count => filters.Sum(f => f.Count);

    private T Intercept<T>(int expected, TimeSpan? timeout, Func<T> function, CancellationToken stop)
    {
        foreach (var filter in filters) filter.Restart();
        using var muted = Mute();
        var result = function();
        var leeway = Leeway(timeout);
        if (expected == 0) testkit.AwaitConditionNoThrow(() => Count > 0, leeway, cancellationToken: stop);
        else testkit.AwaitConditionNoThrow(() => Count >= expected, leeway, cancellationToken: stop);
        Verify(expected, leeway);
        return result;
    }

    private async Task InterceptAsync(int expected, TimeSpan? timeout, Func<Task> action, CancellationToken stop)
    {
        foreach (var filter in filters) filter.Restart();
        using var muted = Mute();
        await action().ConfigureAwait(true);
        var leeway = Leeway(timeout);
        await testkit.AwaitConditionNoThrowAsync(() => expected == 0 ? Count > 0 : Count >= expected, leeway, cancellationToken: stop).ConfigureAwait(true);
        Verify(expected, leeway);
    }

    private TimeSpan Leeway(TimeSpan? timeout) => testkit.Dilated(timeout ?? testkit.TestKitSettings.TestEventFilterLeeway);

    private void Verify(int expected, TimeSpan leeway)
    {
        var count = Count;
        if (count == expected) return;
        var names = string.Join(", ", filters);
        testkit.Fail(count < expected
            ? $"Timeout ({leeway}) while waiting for messages. Only received {count}/{expected} messages that matched filter [{names}]"
            : $"Received {count - expected} messages too many. Expected {expected} messages but received {count} messages that matched filter [{names}]");
    }

    private static Func<object?> Returning(Action action) => () =>
    {
        action();
        return null;
    };

    private sealed class Muted : IUnmutableFilter
    {
        private readonly ActorSystem _system;
        private readonly IReadOnlyList<LogFilter> _filters;

        public Muted(ActorSystem system, IReadOnlyList<LogFilter> filters)
        {
            _system = system;
            _filters = filters;
            system.EventStream.Publish(new MuteEvents(filters));
        }

        public void Unmute() => _system.EventStream.Publish(new UnmuteEvents(_filters));

        public void Dispose() => Unmute();
    }
}
