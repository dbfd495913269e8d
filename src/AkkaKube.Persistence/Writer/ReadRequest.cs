namespace AkkaKube.Persistence;

/// <summary>Something that the reading thread does in its turn.</summary>
internal abstract class ReadRequest
{
    /// <summary>Does it; returns the failure if it was that the database does not answer, which is then the others' as well.</summary>
    public abstract DatabaseUnreachableException? Run();

    public abstract void Fail(Exception cause);
}

/// <summary>A read with a result.</summary>
internal sealed class ReadRequest<T>(Func<T> read) : ReadRequest
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    public override DatabaseUnreachableException? Run()
    {
        try
        {
            _done.SetResult(read());
            return null;
        }
        catch (Exception e)
        {
            _done.SetException(e);
            return e as DatabaseUnreachableException;
        }
    }

    public override void Fail(Exception cause) => _done.TrySetException(cause);
}
