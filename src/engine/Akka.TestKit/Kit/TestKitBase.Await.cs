namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Waits until the condition holds.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    /// <summary>Waits until the condition holds.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    /// <summary>Waits until the condition holds.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    /// <summary>Waits until the condition holds, looking at every <paramref name="interval"/>.</summary>
    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Condition(() => Task.FromResult(conditionIsFulfilled()), max, interval, message, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Waits until the condition holds.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        Condition(() => Task.FromResult(conditionIsFulfilled()), null, null, null, block: false, cancellationToken);

    /// <summary>Waits until the condition holds.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        Condition(conditionIsFulfilled, null, null, null, block: false, cancellationToken);

    /// <summary>Waits until the condition holds.</summary>
    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        Condition(conditionIsFulfilled, max, null, null, block: false, cancellationToken);

    /// <summary>Waits until the condition holds.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message, CancellationToken cancellationToken = default) =>
        Condition(() => Task.FromResult(conditionIsFulfilled()), max, null, message, block: false, cancellationToken);

    /// <summary>Waits until the condition holds, looking at every <paramref name="interval"/>.</summary>
    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval, string? message = null, CancellationToken cancellationToken = default) =>
        Condition(() => Task.FromResult(conditionIsFulfilled()), max, interval, message, block: false, cancellationToken);

    /// <summary>Waits for the condition; false when it does not hold in time.</summary>
    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(() => Task.FromResult(conditionIsFulfilled()), max, interval, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Waits for the condition; false when it does not hold in time.</summary>
    public Task<bool> AwaitConditionNoThrowAsync(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(() => Task.FromResult(conditionIsFulfilled()), max, interval, block: false, cancellationToken);

    /// <summary>Waits until the assertion throws no more; throws what it threw last.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Assertion(() =>
        {
            assertion();
            return Task.CompletedTask;
        }, duration, interval, block: true, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Waits until the assertion throws no more; throws what it threw last.</summary>
    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Assertion(() =>
        {
            assertion();
            return Task.CompletedTask;
        }, duration, interval, block: false, cancellationToken);

    /// <summary>Waits until the assertion throws no more; throws what it threw last.</summary>
    public Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Assertion(assertion, duration, interval, block: false, cancellationToken);

    private async Task Condition(Func<Task<bool>> condition, TimeSpan? max, TimeSpan? interval, string? message, bool block, CancellationToken stop)
    {
        var limit = RemainingOrDilated(max);
        if (!await Poll(condition, limit, interval, block, stop).ConfigureAwait(true)) _assertions.Fail(message ?? $"Timeout {limit} expired while waiting for condition.");
    }

    private async Task Assertion(Func<Task> assertion, TimeSpan? duration, TimeSpan? interval, bool block, CancellationToken stop)
    {
        Exception? last = null;
        var held = await Poll(async () =>
        {
            try
            {
                await assertion().ConfigureAwait(true);
                return true;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                last = e;
                return false;
            }
        }, RemainingOrDilated(duration), interval, block, stop).ConfigureAwait(true);
        if (!held) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(last!);
    }

    private async Task<bool> Poll(Func<Task<bool>> condition, TimeSpan max, TimeSpan? interval, bool block, CancellationToken stop)
    {
        var end = Clock + max;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (await condition().ConfigureAwait(true)) return true;
            if (_received.Run is { } run) return run.RunUntil(() => condition().GetAwaiter().GetResult(), max);
            var left = end - Clock;
            if (left <= TimeSpan.Zero) return false;
            var pause = interval ?? PollInterval;
            if (pause > left) pause = left;
            if (block) Thread.Sleep(pause);
            else await Task.Delay(pause, stop).ConfigureAwait(true);
        }
    }
}
