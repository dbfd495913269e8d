using AkkaKube.Fabric;
using static AkkaKube.Runtime.ContainerRuntime;

namespace AkkaKube.Runtime.Tests.Sandboxes;

public class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_ids_times_and_logs()
    {
        for (var seed = 1; seed <= 5; seed++) Run(seed).ShouldBe(Run(seed));
        Run(1).ShouldNotBe(Run(2));
    }

    private static string Run(int seed)
    {
        using var scenario = new Scenario(seed);
        return scenario.Run();
    }

    private sealed class Scenario(int seed) : RuntimeTestKit("", seed)
    {
        public string Run()
        {
            var servers = new[] { Start(Sandbox("a"), new ContainerConfig("web", "nginx")), Start(Sandbox("b"), new ContainerConfig("web", "nginx")) };
            Akka.Actor.ActorRefImplicitSenderExtensions.Tell(Fabric, new FabricActor.SetRoutes("node-1", new Balanced()));
            var clients = Enumerable.Range(0, 3).Select(i => Sh(Sandbox($"c{i}"), "for i in 1 2 3 4 5; do wget -qO /dev/null 10.96.0.1/$RANDOM & done; wait; echo $RANDOM")).ToList();
            foreach (var client in clients) Ended(client);
            return string.Join('\n', clients.Concat(servers).Select(id => id + LogOf(id, r => r with { Timestamps = true })));
        }
    }

    private sealed class Balanced : IRoutes
    {
        public Route Find(SocketAddress source, SocketAddress target) =>
            target.Ip == "10.96.0.1" ? new Route.Balance([new SocketAddress("10.244.1.2", 80), new SocketAddress("10.244.1.3", 80)]) : Route.Direct;
    }
}
