namespace AkkaKube.Persistence;

/// <summary>Something that a <see cref="DatabaseThread"/> does in its turn.</summary>
internal abstract class DatabaseCall
{
    /// <summary>Does it; returns the failure if it was that the database does not answer, which is then the others' as well.</summary>
    public abstract DatabaseUnreachableException? Run();

    public abstract void Fail(Exception cause);
}

/// <summary>One with a result.</summary>
internal sealed class DatabaseCall<T>(Func<T> call) : DatabaseCall
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Done => _done.Task;

    public override DatabaseUnreachableException? Run()
    {
        try
        {
            _done.SetResult(call());
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
