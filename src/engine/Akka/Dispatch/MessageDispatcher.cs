using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What a dispatcher is made with.</summary>
public interface IDispatcherPrerequisites
{
    /// <summary>The event stream.</summary>
    EventStream EventStream { get; }

    /// <summary>The scheduler.</summary>
    IScheduler Scheduler { get; }

    /// <summary>The settings.</summary>
    Settings Settings { get; }

    /// <summary>The mailboxes.</summary>
    Mailboxes Mailboxes { get; }
}

internal sealed class DispatcherPrerequisites(ActorSystemImpl system) : IDispatcherPrerequisites
{
    public EventStream EventStream => system.EventStream;
    public IScheduler Scheduler => system.Scheduler;
    public Settings Settings => system.Settings;
    public Mailboxes Mailboxes => system.Mailboxes;
}

/// <summary>Makes dispatchers from a section of the settings; the section's <c>type</c> names it.</summary>
public abstract class MessageDispatcherConfigurator
{
    /// <summary>Creates the configurator of a section.</summary>
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    /// <summary>The section.</summary>
    public Config Config { get; }

    /// <summary>What the dispatcher is made with.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher: a new one, or one that all share.</summary>
    public abstract MessageDispatcher Dispatcher();
}

/// <summary>Gives turns to actors.</summary>
public abstract class MessageDispatcher
{
    /// <summary>Creates a dispatcher.</summary>
    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        var config = configurator.Config;
        Id = config.GetString("id") ?? Dispatchers.DefaultDispatcherId;
        Throughput = Math.Max(1, config.GetInt("throughput", 30));
        var deadline = config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero, allowInfinite: false);
        if (deadline <= TimeSpan.Zero) return;
        ThroughputDeadlineTime = deadline.Ticks;
        DeadlineTicks = (long)(deadline.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);
    }

    /// <summary>What made it.</summary>
    public MessageDispatcherConfigurator Configurator { get; }

    /// <summary>Its id in the settings.</summary>
    public string Id { get; protected set; }

    /// <summary>How many messages an actor handles in one turn.</summary>
    public int Throughput { get; private protected set; }

    /// <summary>How long a turn may last, in ticks.</summary>
    public long? ThroughputDeadlineTime { get; }

    internal long DeadlineTicks { get; }

    /// <summary>Runs an action on the dispatcher.</summary>
    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    /// <summary>Runs something on the dispatcher.</summary>
    public void Schedule(IRunnable run) => ExecuteTask(run);

    /// <summary>Runs the work, now or later, here or elsewhere.</summary>
    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Gives threads back.</summary>
    protected abstract void Shutdown();

    /// <summary>Gives a turn to a cell, or to what sends and receives for cells.</summary>
    internal virtual void Execute(IRunnable run) => ExecuteTask(run);

    /// <summary>Called by a thread of the pool that took it.</summary>
    internal virtual void RunOnPool(IRunnable run) => run.Run();

    internal virtual void Attach(ActorCell cell) { }
    internal virtual void Detach(ActorCell cell) { }
    internal void ShutdownNow() => Shutdown();
}
