using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch.Deterministic;
using Akka.TestKit;

namespace Akka.Remote.Tests;

public class SharedRunTests
{
    private const string Deterministic = """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = 7 }
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        """;

    private sealed class Ticker : ReceiveActor, IWithTimers
    {
        public Ticker(List<string> log, TimeSpan every)
        {
            Timers!.StartPeriodicTimer("t", "tick", every);
            Receive<string>(_ => log.Add($"{Context.System.Name} {Context.System.Scheduler.MonotonicClock.TotalSeconds:F0}"));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    [Fact]
    public void Two_systems_live_in_one_time_and_one_order()
    {
        List<string> Run()
        {
            var log = new List<string>();
            var config = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Deterministic));
            var first = ActorSystem.Create("a", config);
            var second = ActorSystem.Create("b", ActorSystemSetup.Create(config, new SharedRun(first)));
            first.ActorOf(Props.Create(() => new Ticker(log, TimeSpan.FromSeconds(2))));
            second.ActorOf(Props.Create(() => new Ticker(log, TimeSpan.FromSeconds(3))));
            var time = (TestScheduler)first.Scheduler;
            time.Advance(TimeSpan.FromSeconds(5));
            second.Terminate();
            time.Advance(TimeSpan.FromSeconds(1));
            second.WhenTerminated.IsCompleted.ShouldBeTrue();
            time.Advance(TimeSpan.FromSeconds(2));
            return log;
        }

        var log = Run();
        log.ShouldBe(["a 2", "b 3", "a 4", "a 6", "a 8"]);
        Run().ShouldBe(log);
    }
}
