namespace Akka.Cluster.Tests.TestHosts;

/// <summary>The settings of a test in whose thread everything runs, on virtual time.</summary>
internal static class VirtualTime
{
    public static string Settings(int seed = 1) => $$"""
        akka {
          loglevel = OFF, stdout-loglevel = OFF, loggers = []
          log-dead-letters = off
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
          actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = {{seed}} }
        }
        """;
}
