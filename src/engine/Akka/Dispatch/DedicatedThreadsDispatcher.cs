using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Runs every actor on threads of its own (<c>ForkJoinDispatcher</c>): work that blocks does not hold up the pool.</summary>
internal sealed class DedicatedThreadsDispatcher : MessageDispatcher
{
    private readonly BlockingCollection<IRunnable> _work = [];

    public DedicatedThreadsDispatcher(MessageDispatcherConfigurator configurator) : base(configurator)
    {
        var threads = configurator.Config.GetInt("dedicated-thread-pool.thread-count", Environment.ProcessorCount);
        for (var i = 0; i < threads; i++) new Thread(Loop) { IsBackground = true, Name = $"{Id}-{i + 1}" }.Start();
    }

    private void Loop()
    {
        foreach (var run in _work.GetConsumingEnumerable()) run.Run();
    }

    protected override void ExecuteTask(IRunnable run)
    {
        try
        {
            _work.Add(run);
        }
        catch (InvalidOperationException)
        {
            // Shut down: the system is gone.
        }
    }

    protected override void Shutdown() => _work.CompleteAdding();
}

/// <summary>A thread for one actor (<c>PinnedDispatcher</c>).</summary>
internal sealed class PinnedDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    private readonly BlockingCollection<IRunnable> _work = [];
    private Thread? _thread;

    protected override void ExecuteTask(IRunnable run)
    {
        try
        {
            _work.Add(run);
        }
        catch (InvalidOperationException)
        {
            // The actor is gone, and its thread with it.
        }
    }

    protected override void Shutdown() => _work.CompleteAdding();

    internal override void Attach(ActorCell cell)
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = $"{Id}-{cell.Name}" };
        _thread.Start();
    }

    internal override void Detach(ActorCell cell) => Shutdown();

    private void Loop()
    {
        foreach (var run in _work.GetConsumingEnumerable()) run.Run();
    }
}
