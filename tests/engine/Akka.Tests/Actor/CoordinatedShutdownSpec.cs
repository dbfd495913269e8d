using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class CoordinatedShutdownSpec
{
    private static ActorSystem New(string config = "") =>
        ActorSystem.Create("ending", ConfigurationFactory.ParseString(config).WithFallback("akka { loglevel = OFF, stdout-loglevel = OFF }"));

    private static Func<Task<Done>> Note(List<string> order, string name) => () =>
    {
        lock (order) order.Add(name);
        return Task.FromResult(Done.Instance);
    };

    [Fact]
    public async Task Phases_run_in_the_order_of_their_dependencies_and_end_the_system()
    {
        var system = New();
        var shutdown = CoordinatedShutdown.Get(system);
        var order = new List<string>();
        foreach (var phase in new[] { CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeServiceUnbind })
            shutdown.AddTask(phase, "note", Note(order, phase));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        order.ShouldBe([CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeActorSystemTerminate]);
        shutdown.ShutdownReason.ShouldBe(CoordinatedShutdown.ClrExitReason.Instance);
        await system.WhenTerminated;
    }

    [Fact]
    public async Task Terminate_runs_the_phases_once()
    {
        var system = New();
        var order = new List<string>();
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note(order, "stop"));
        await Task.WhenAll(system.Terminate(), system.Terminate());
        order.ShouldBe(["stop"]);
        CoordinatedShutdown.Get(system).ShutdownReason.ShouldBe(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
    }

    [Fact]
    public async Task A_task_that_fails_or_never_ends_holds_nothing_up()
    {
        var system = New("akka.coordinated-shutdown.default-phase-timeout = 50ms");
        var shutdown = CoordinatedShutdown.Get(system);
        var order = new List<string>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw new InvalidOperationException("no"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note(order, "stop"));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(TimeSpan.FromSeconds(10));
        order.ShouldBe(["stop"]);
    }

    [Fact]
    public async Task A_phase_that_must_not_fail_ends_the_run()
    {
        var system = New("akka.coordinated-shutdown.phases.service-unbind.recover = off");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => Task.FromException<Done>(new InvalidOperationException("no")));
        await Should.ThrowAsync<InvalidOperationException>(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance));
        system.WhenTerminated.IsCompleted.ShouldBeFalse();
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).ContinueWith(static t => t.IsFaulted).ContinueWith(static t => t.Result.ShouldBeTrue());
    }

    [Fact]
    public async Task A_run_can_begin_in_the_middle()
    {
        var system = New();
        var shutdown = CoordinatedShutdown.Get(system);
        var order = new List<string>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "note", Note(order, "unbind"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "note", Note(order, "stop"));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceRequestsDone);
        order.ShouldBe(["stop"]);
    }

    [Fact]
    public async Task An_unknown_phase_is_refused_and_a_cycle_is_found()
    {
        var system = New();
        Should.Throw<ConfigurationException>(() => CoordinatedShutdown.Get(system).AddTask("none", "note", Note([], "")));
        await system.Terminate();
        Should.Throw<ArgumentException>(() => New("akka.coordinated-shutdown.phases.before-service-unbind.depends-on = [service-stop]"));
    }

    [Fact]
    public async Task Timeouts_come_from_the_settings()
    {
        var system = New("akka.coordinated-shutdown.phases.service-stop.timeout = 7s");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop).ShouldBe(TimeSpan.FromSeconds(7));
        shutdown.Timeout(CoordinatedShutdown.PhaseServiceUnbind).ShouldBe(TimeSpan.FromSeconds(5));
        await system.Terminate();
    }
}
