using AkkaKube.Persistence;

namespace AkkaKube.Host.Up;

/// <summary>Does what needs the database as soon as the database is there, and says so when that takes long.</summary>
/// <param name="database">What messages call it.</param>
/// <param name="host">Who waits.</param>
/// <param name="progress">Where it shows that it waits.</param>
/// <param name="say">Where it says so once.</param>
internal sealed class DatabaseWait(string database, string host, Progress progress, Func<string, Task> say)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan UntilComplaint = TimeSpan.FromSeconds(30);

    /// <summary>Tries until it works; null when the stop came before.</summary>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="attempt">What needs the database; it may block.</param>
    /// <param name="receive">Stands in for the host's server as long as it has to wait; null: nobody does.</param>
    public async Task<T?> For<T>(Task stop, Func<Task<T>> attempt, Func<string, Task<IAsyncDisposable>>? receive = null) where T : class
    {
        IAsyncDisposable? room = null;
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            var complained = false;
            while (!stop.IsCompleted)
            {
                try
                {
                    var trying = Task.Run(attempt);
                    if (await Task.WhenAny(trying, stop).ConfigureAwait(false) == stop && !trying.IsCompleted) return null;
                    return await trying.ConfigureAwait(false);
                }
                catch (DatabaseUnreachableException unreachable)
                {
                    progress.Show($"waiting for {database} ...");
                    if (room is null && receive is not null) room = await receive($"it cannot reach {database}").ConfigureAwait(false);
                    if (!complained && TimeProvider.System.GetElapsedTime(start) > UntilComplaint)
                    {
                        complained = true;
                        await say($"{host} cannot reach {database} for {UntilComplaint.TotalSeconds} s: {unreachable.Message.ReplaceLineEndings(" ")} It goes on trying.").ConfigureAwait(false);
                    }
                }

                await stop.Pause(BetweenTries).ConfigureAwait(false);
            }

            return null;
        }
        finally
        {
            if (room is not null) await room.DisposeAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>Waits that a stop ends early.</summary>
internal static class StopPause
{
    public static async Task Pause(this Task stop, TimeSpan time)
    {
        try { await stop.WaitAsync(time).ConfigureAwait(false); }
        catch (TimeoutException) { /* That was the pause. */ }
    }
}
