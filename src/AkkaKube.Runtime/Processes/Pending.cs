using System.Runtime.CompilerServices;

namespace AkkaKube.Runtime;

/// <summary>
/// Something a process waits for: bytes, a connection, an end of time. Whoever brings it completes it; the process goes on when the
/// kernel comes round to it, unless it has been killed meanwhile.
/// </summary>
/// <typeparam name="T">What it brings.</typeparam>
internal sealed class Pending<T>(Process owner) : ICriticalNotifyCompletion
{
    private T _value = default!;
    private Action? _continuation;

    public bool IsCompleted { get; private set; }

    public Process Owner => owner;

    /// <summary>Completes it, once; false if it was complete, or its process has ended.</summary>
    public bool Complete(T value)
    {
        if (IsCompleted || owner.HasExited) return false;
        IsCompleted = true;
        _value = value;
        if (_continuation is { } continuation) owner.Kernel.Enqueue(owner, continuation);
        _continuation = null;
        return true;
    }

    public Pending<T> GetAwaiter() => this;

    public T GetResult() => _value;

    public void OnCompleted(Action continuation) => _continuation = continuation;

    public void UnsafeOnCompleted(Action continuation) => _continuation = continuation;
}
