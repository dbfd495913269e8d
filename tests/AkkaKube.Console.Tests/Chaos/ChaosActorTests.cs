using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tests.Chaos;

public sealed class ChaosActorTests : ConsoleKit
{
    [Fact]
    public void Chaos_breaks_reports_and_leaves_everything_healed()
    {
        Sys.ActorOf(Props.Create(() => new Echo()), "scheduler");
        Family("controllers", "a", "b");
        var faults = new NotedFaults();
        var console = Console(Services with { Faults = faults });
        Rows(Run(console, "kube", "chaos", "report")).ShouldHaveSingleItem()[1].ShouldBe("no chaos was started yet");
        Text(Run(console, "kube", "chaos", "start", "--seed", "5", "--rate", "6000")).ShouldBe("chaos has begun over 1 host, 0 nodes, 2 controllers, 0 etcd shards");
        Failure(Run(console, "kube", "chaos", "start", "--seed", "6", "--rate", "1")).Message.ShouldContain("seed 5 is under way");
        // How far it comes in a while is the machine's business: it goes on until there was some of everything.
        AwaitAssert(
            () =>
            {
                var soFar = Rows(Run(console, "kube", "chaos", "report"));
                soFar.Count.ShouldBeGreaterThan(20);
                soFar.ShouldContain(r => r[1]!.StartsWith("kube kill", StringComparison.Ordinal) && r[4] == "by its supervisor");
                foreach (var kind in (string[])["cut", "slower"]) faults.Notes.ShouldContain(n => n.Contains(kind, StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(60));
        Text(Run(console, "kube", "chaos", "stop")).ShouldMatch("chaos has ended after [0-9]+ faults; everything is healed");

        var rows = Rows(Run(console, "kube", "chaos", "report"));
        rows[^1][1]!.ShouldContain("everything healed");
        rows.ShouldContain(r => r[1]!.StartsWith("kube kill", StringComparison.Ordinal) && r[4] == "by its supervisor");
        Rows(Run(console, "kube", "faults")).ShouldBeEmpty();
        foreach (var kind in (string[])["cut", "slower"]) faults.Notes.Last(n => n.Contains(kind, StringComparison.Ordinal)).ShouldStartWith("heal");
        Failure(Run(console, "kube", "chaos", "stop")).Message.ShouldBe("no chaos is under way");
    }

    [Fact]
    public void Chaos_ends_after_its_time_with_everything_healed()
    {
        Sys.ActorOf(Props.Create(() => new Echo()), "scheduler");
        var console = Console();
        Run(console, "kube", "chaos", "start", "--seed", "5", "--rate", "600", "--for", "600ms");
        AwaitAssert(() => Rows(Run(console, "kube", "chaos", "report"))[^1][1]!.ShouldContain("ended after its time"), TimeSpan.FromSeconds(20));
        AwaitAssert(() => Rows(Run(console, "kube", "chaos", "report"))[^1][1]!.ShouldEndWith("everything healed"), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Nodes_are_switched_off_and_on_again()
    {
        var (api, machines) = (CreateTestProbe(), CreateTestProbe());
        api.SetAutoPilot(new Akka.TestKit.DelegateAutoPilot((sender, message) =>
        {
            switch (message)
            {
                case AkkaKube.Client.Requests.List:
                    sender.Tell(new AkkaKube.Client.Requests.Listed(null, [Node()], 7));
                    break;
                case AkkaKube.Client.Requests.Get:
                    sender.Tell(new AkkaKube.Client.Requests.Succeeded(null, Node(), []));
                    break;
            }

            return Akka.TestKit.AutoPilot.KeepRunning;
        }));
        var console = Console(Services with { ApiServer = api, Nodes = new NodeSwitch(machines, _ => "off", _ => "on") });
        Text(Run(console, "kube", "chaos", "start", "--seed", "1", "--rate", "6000")).ShouldContain("1 node");
        machines.FishForMessage(m => m is "off", TimeSpan.FromSeconds(20));
        Run(console, "kube", "chaos", "stop");
        machines.FishForMessage(m => m is "on", TimeSpan.FromSeconds(20));
    }

    private static AkkaKube.Api.ApiObject Node() => AkkaKube.Api.ApiObject.Of(new AkkaKube.Api.Core.V1.Node { Metadata = new() { Name = "node-1", ResourceVersion = "7" } });
}
