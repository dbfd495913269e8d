using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Tests;

/// <summary>A seeded run stays the same run with persistent actors in it.</summary>
public class DeterministicPersistenceSpec
{
    private static string Run(int seed)
    {
        using var kit = new TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString($$"""
            akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
            akka.actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = {{seed}} }
            akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
            """));
        var listener = kit.TestActor;
        for (var i = 0; i < 10; i++)
        {
            var id = $"p{i}";
            var actor = kit.Sys.ActorOf(Props.Create(() => new Scripted(id, listener, (a, c) => a.Persist((string)c, e => a.Tell($"{id}{e}@{a.LastSequenceNr}")), null, null)));
            foreach (var c in (string[])["a", "b", "c"]) actor.Tell(c);
        }
        return string.Join(" ", kit.ReceiveN(30));
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        Run(1).ShouldBe(Run(1));
        Run(2).ShouldBe(Run(2));
        Run(1).ShouldNotBe(Run(2));
    }
}
