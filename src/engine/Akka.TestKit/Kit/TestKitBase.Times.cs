namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>What times are measured with: the virtual time of a system that runs on the thread of the test, or the real one.</summary>
    private TimeSpan Clock => _received.Run is null ? Now : Sys.Scheduler.MonotonicClock;

    /// <summary>What is left of the innermost <c>Within</c>; an error outside of one.</summary>
    public TimeSpan Remaining => _end is { } end ? Positive(end - Clock) : throw new InvalidOperationException("Remaining may not be called outside of Within");

    /// <summary>What is left of the innermost <c>Within</c>, or the default.</summary>
    protected TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>A time multiplied by the time factor of this machine.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration < TimeSpan.Zero
        ? throw new ArgumentException("Must not be negative", nameof(duration))
        : TimeSpan.FromTicks((long)(duration.Ticks * TestKitSettings.TestTimeFactor));

    /// <summary>The time given, dilated, or what is left.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration switch
    {
        null => RemainingOrDefault,
        { } infinite when infinite == Timeout.InfiniteTimeSpan => throw new ArgumentException("Must be finite", nameof(duration)),
        { } given => Dilated(given),
    };

    /// <summary>The time given, or the default of one expectation.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.SingleExpectDefault;

    /// <summary>What is left of the innermost <c>Within</c>, or <paramref name="duration"/>.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Positive(end - Clock) : duration;

    /// <summary>The action must end in the time; its expectations wait no longer.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>The action must take at least and at most the times given.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within<object?>(min, max, () =>
        {
            action();
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>The function must end in the time; its expectations wait no longer.</summary>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>The function must take at least and at most the times given.</summary>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinCore(min, max, () => Task.FromResult(function()), hint, epsilonValue, cancellationToken).GetAwaiter().GetResult();

    /// <summary>The action must end in the time; its expectations wait no longer.</summary>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <summary>The action must take at least and at most the times given.</summary>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinCore<object?>(min, max, async () =>
        {
            await actionAsync().ConfigureAwait(true);
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>The function must end in the time; its expectations wait no longer.</summary>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinCore(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>The function must take at least and at most the times given.</summary>
    public Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinCore(min, max, function, hint, epsilonValue, cancellationToken);

    private async Task<T> WithinCore<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint, TimeSpan? epsilon, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var start = Clock;
        var limit = Dilated(max);
        var outer = _end;
        if (outer is { } end && end - start < limit) limit = Positive(end - start);
        if (limit < min) _assertions.Fail($"Required min time {min} not possible, only {limit} left. {hint}");
        _lastWasNoMessage = false;
        _end = start + limit;
        T result;
        try
        {
            result = await function().ConfigureAwait(true);
        }
        finally
        {
            _end = outer;
        }
        var took = Clock - start;
        var leeway = epsilon ?? TimeSpan.Zero;
        if (took + leeway < min) _assertions.Fail($"Failed: Block took {took}, should have at least been {min}. {hint}");
        // Waiting for nothing takes all the time there is.
        if (!_lastWasNoMessage && took > limit + leeway) _assertions.Fail($"Failed: Block took {took}, exceeding {limit}. {hint}");
        return result;
    }

    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
