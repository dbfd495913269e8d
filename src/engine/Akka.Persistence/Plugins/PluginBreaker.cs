using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>
/// Guards the calls into a plug-in: a call that takes too long fails; after some failures in a row calls fail at once for a while.
/// Calls that end at once are run at once, with no timer and no other thread.
/// </summary>
internal sealed class PluginBreaker(IScheduler scheduler, Config config)
{
    private readonly int _maxFailures = config.GetInt("circuit-breaker.max-failures");
    private readonly TimeSpan _callTimeout = config.GetTimeSpan("circuit-breaker.call-timeout");
    private readonly TimeSpan _resetTimeout = config.GetTimeSpan("circuit-breaker.reset-timeout");
    private int _failures;
    private long _openUntil;

    public async Task<T> Call<TState, T>(TState state, Func<TState, Task<T>> call)
    {
        if (Volatile.Read(ref _failures) >= _maxFailures && _maxFailures > 0 && scheduler.MonotonicClock.Ticks < Volatile.Read(ref _openUntil))
        {
            throw new PluginUnavailableException($"The plug-in failed {_failures} times in a row; calls fail at once for {_resetTimeout}");
        }
        try
        {
            var task = call(state);
            if (!task.IsCompleted) task = Timed(task);
            var result = await task.ConfigureAwait(false);
            Volatile.Write(ref _failures, 0);
            return result;
        }
        catch
        {
            // One failure after the pause is enough to open it again.
            if (Interlocked.Increment(ref _failures) >= _maxFailures) Volatile.Write(ref _openUntil, (scheduler.MonotonicClock + _resetTimeout).Ticks);
            throw;
        }
    }

    public Task Call<TState>(TState state, Func<TState, Task> call) => Call((state, call), static async s =>
    {
        await s.call(s.state).ConfigureAwait(false);
        return true;
    });

    private async Task<T> Timed<T>(Task<T> task)
    {
        var timeout = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = scheduler.Advanced.ScheduleOnceCancelable(_callTimeout, () =>
            timeout.TrySetException(new TimeoutException($"The plug-in took longer than {_callTimeout}")));
        try
        {
            return await (await Task.WhenAny(task, timeout.Task).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            timer.Cancel();
        }
    }
}

/// <summary>A plug-in has failed too often and is left alone for a while.</summary>
internal sealed class PluginUnavailableException(string message) : AkkaException(message);
