namespace Akka.Persistence;

/// <summary>A handler that waits for its event to be written.</summary>
internal abstract class PendingInvocation(bool stashing)
{
    /// <summary>Whether commands wait for it.</summary>
    public bool Stashing { get; } = stashing;

    public abstract void Invoke();
}

internal sealed class PendingInvocation<TEvent>(TEvent written, Action<TEvent> handler, bool stashing) : PendingInvocation(stashing)
{
    public override void Invoke() => handler(written);
}
