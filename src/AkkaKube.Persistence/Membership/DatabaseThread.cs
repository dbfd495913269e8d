using System.Threading.Channels;

namespace AkkaKube.Persistence;

/// <summary>A thread with a connection of its own: calls are made on it in their order, and whoever asks waits for none.</summary>
internal sealed class DatabaseThread : IDisposable
{
    private readonly Channel<Action> _calls = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread _thread;

    public DatabaseThread(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>The task ends, off this thread, when the call has.</summary>
    public Task<T> Run<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = _calls.Writer.TryWrite(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        if (!posted) done.SetException(new JournalException("The database is closed"));
        return done.Task;
    }

    /// <summary>Does what waits, then ends.</summary>
    public void Dispose()
    {
        _calls.Writer.TryComplete();
        _thread.Join();
    }

    private void Work()
    {
        while (true)
        {
            var waiting = _calls.Reader.WaitToReadAsync();
            if (!(waiting.IsCompletedSuccessfully ? waiting.Result : waiting.AsTask().GetAwaiter().GetResult())) return;
            while (_calls.Reader.TryRead(out var call)) call();
        }
    }
}
