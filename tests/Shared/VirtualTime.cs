using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace AkkaKube.Tests;

/// <summary>A test kit whose actors run in one thread, in an order drawn from a seed, and whose time moves when the test says so.</summary>
public abstract class VirtualTime(int seed = 1) : TestKit($$"""
    akka {
      loglevel = WARNING
      scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
      actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = {{seed}} }
    }
    """)
{
    /// <summary>Lets time pass; on return the actors have done all that they do until then.</summary>
    protected void Advance(double seconds = 0) => ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));
}
