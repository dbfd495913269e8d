using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch.Deterministic;

/// <summary>Makes the one deterministic dispatcher of a system: <c>type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator"</c>.</summary>
internal sealed class DeterministicDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly DeterministicDispatcher _dispatcher;

    public DeterministicDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites)
    {
        if (prerequisites.Scheduler is not IVirtualTime { VirtualTime: var time })
            throw new ConfigurationException("The deterministic dispatcher needs a scheduler of virtual time: akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"");
        var joins = prerequisites.Settings.Setup.Get<SharedRun>().HasValue && time.Run is not null;
        time.Run = joins ? time.Run! : new DeterministicRun(config.GetLong("seed"), time, config.GetString("trace", "off") is var file && file is "off" or "false" ? null : file);
        _dispatcher = new DeterministicDispatcher(this, time.Run, ends: !joins);
    }

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>A scheduler of virtual time, as a test kit offers it.</summary>
internal interface IVirtualTime
{
    VirtualTimeScheduler VirtualTime { get; }
}

/// <summary>Gives no turn by itself: the thread that advances the time, or waits for a message in a test, runs the actors.</summary>
internal sealed class DeterministicDispatcher : MessageDispatcher
{
    private readonly bool _ends;

    public DeterministicDispatcher(MessageDispatcherConfigurator configurator, DeterministicRun run, bool ends) : base(configurator)
    {
        Run = run;
        _ends = ends;
        Throughput = 1; // every message is a chance for another order
    }

    public DeterministicRun Run { get; }

    protected override void ExecuteTask(IRunnable run) => Run.Add(run);

    protected override void Shutdown()
    {
        if (_ends) Run.Close();
    }
}
