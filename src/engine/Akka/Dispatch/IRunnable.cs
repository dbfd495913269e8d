namespace Akka.Dispatch;

/// <summary>A piece of work for a dispatcher.</summary>
public interface IRunnable : IThreadPoolWorkItem
{
    /// <summary>Does the work.</summary>
    void Run();
}

/// <summary>An action as a piece of work.</summary>
internal sealed class ActionRunnable(Action action) : IRunnable
{
    public void Run() => action();
    void IThreadPoolWorkItem.Execute() => action();
}
