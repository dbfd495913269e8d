namespace Akka.Dispatch;

/// <summary>
/// The default dispatcher. An actor that is woken from another actor's turn runs next on the same thread, so a conversation of two stays
/// in one core's cache and needs no queue; everything else goes through the thread pool. The turn that waits for its thread can be taken
/// away: by the next that is woken, and by a watch when the thread is held up.
/// </summary>
internal sealed class ThreadPoolDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    // After so many turns in a row the thread goes back to the pool, where others may be waiting.
    private const int TurnsInARow = 32;

    protected override void ExecuteTask(IRunnable run) => ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);

    protected override void Shutdown() { }

    internal override void Execute(IRunnable run)
    {
        if (Worker.Current is { Running: true } worker)
        {
            if (worker.Offer(run) is { } displaced) ThreadPool.UnsafeQueueUserWorkItem(displaced, preferLocal: false);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        }
    }

    internal override void RunOnPool(IRunnable run)
    {
        var worker = Worker.Current ??= new Worker();
        if (worker.Running)
        {
            run.Run();
            return;
        }

        worker.Running = true;
        var left = TurnsInARow;
        var context = ExecutionContext.Capture();
        IRunnable? next = run;
        do
        {
            next.Run();
            worker.Turns++;
            // What an actor put into its execution context is not the next one's.
            if (!ReferenceEquals(ExecutionContext.Capture(), context) && context is not null) ExecutionContext.Restore(context);
            next = worker.Take();
        }
        while (next is not null && --left > 0);

        worker.Running = false;
        if (next is not null) ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
    }
}
