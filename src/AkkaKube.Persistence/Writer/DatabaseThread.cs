using System.Threading.Channels;

namespace AkkaKube.Persistence;

/// <summary>
/// A thread with a connection of its own: calls are made on it in their order, and whoever asks waits for none. When the database does not answer a call,
/// those that wait behind it fail with it: otherwise each would wait for the time limits of all before it.
/// </summary>
internal sealed class DatabaseThread : IDisposable
{
    private readonly Channel<DatabaseCall> _calls = Channel.CreateUnbounded<DatabaseCall>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread _thread;

    public DatabaseThread(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>The task ends, off this thread, when the call has.</summary>
    public Task<T> Run<T>(Func<T> call)
    {
        var request = new DatabaseCall<T>(call);
        if (!_calls.Writer.TryWrite(request)) request.Fail(new JournalException("The database is closed"));
        return request.Done;
    }

    /// <summary>Does what waits, then ends.</summary>
    public void Dispose()
    {
        _calls.Writer.TryComplete();
        _thread.Join();
    }

    private void Work()
    {
        while (Wait())
        {
            while (_calls.Reader.TryRead(out var call))
            {
                if (call.Run() is not { } unreachable) continue;
                while (_calls.Reader.TryRead(out var waiting)) waiting.Fail(unreachable);
            }
        }
    }

    private bool Wait()
    {
        var waiting = _calls.Reader.WaitToReadAsync();
        return waiting.IsCompletedSuccessfully ? waiting.Result : waiting.AsTask().GetAwaiter().GetResult();
    }
}
