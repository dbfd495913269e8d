using Akka.Event;

namespace Akka.Actor;

/// <summary>The end of the system, and its extensions.</summary>
internal sealed partial class ActorSystemImpl
{
    public override void RegisterOnTermination(Action code) => _onTermination.Push(code);

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate) _ = CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else FinalTerminate();
        return WhenTerminated;
    }

    /// <summary>Stops the user guardian; the rest of the tree follows it.</summary>
    public void FinalTerminate()
    {
        if (Interlocked.Exchange(ref _terminating, 1) != 0) return;
        if (!Settings.LogDeadLettersDuringShutdown) _systemGuardian.Cell.ChildByName("deadLetterListener")?.Stop();
        _user.Stop();
    }

    private void Abort()
    {
        _provider?.Close();
        DisposeScheduler();
        _terminated.TrySetResult(Done.Instance);
    }

    /// <summary>The whole tree is gone, because it was told to or because the root failed.</summary>
    public void RootIsGone(Exception? cause)
    {
        _causeOfTermination ??= cause;
        EventStream.RemoveLoggers();
        while (_onTermination.TryPop(out var code))
        {
            try
            {
                code();
            }
            catch (Exception thrown)
            {
                Log.Error(thrown, "A termination callback failed");
            }
        }

        // This is a turn of the root: the thread that ends the scheduler must not be its own.
        if (IsDeterministic) End();
        else ThreadPool.UnsafeQueueUserWorkItem(static system => system.End(), this, preferLocal: false);
    }

    private void DisposeScheduler()
    {
        if (!_setup.Get<Dispatch.Deterministic.SharedRun>().HasValue) (_scheduler as IDisposable)?.Dispose();
    }

    private void End()
    {
        _provider.Close();
        DisposeScheduler();
        Dispatchers.Shutdown();
        if (_causeOfTermination is { } cause) _terminated.TrySetException(cause);
        else _terminated.TrySetResult(Done.Instance);
    }

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        try
        {
            return _extensions.GetOrAdd(extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;
        }
        catch
        {
            _extensions.TryRemove(extension.ExtensionType, out _);
            throw;
        }
    }

    public override object GetExtension(IExtensionId extensionId) =>
        TryGetExtension(extensionId.ExtensionType, out var extension) ? extension! : RegisterExtension(extensionId);

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension! : null!;

    public override bool HasExtension(Type type) => _extensions.ContainsKey(type);
    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object? extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var found) ? found.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>(out T? extension) where T : class
    {
        var found = TryGetExtension(typeof(T), out var value);
        extension = (T?)value;
        return found;
    }
}
