using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Client.Requests;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tests.Palettes;

public sealed class KubeNodesTests : ConsoleKit
{
    private readonly TestProbe _api;
    private readonly TestProbe _machines;
    private readonly IActorRef _console;

    public KubeNodesTests()
    {
        (_api, _machines) = (CreateTestProbe(), CreateTestProbe());
        _console = Console(Services with { ApiServer = _api, Nodes = new NodeSwitch(_machines, n => $"off {n}", n => $"on {n}") });
    }

    [Fact]
    public void Nodes_are_listed_with_their_condition()
    {
        _console.Tell(new ConsoleActor.Run(["kube", "nodes"]), TestActor);
        _api.ExpectMsg<List>(list => list.Resource.ShouldBe(GroupVersionResource.Nodes));
        _api.Reply(new Listed(null, [Object("node-1")], 7));
        Rows(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe([["node-1", "True", "KubeletReady", "172.18.0.2", "10.128.0.0/24", "", "a:NoSchedule"]]);
    }

    [Fact]
    public void A_single_host_has_the_kubelets_itself()
    {
        Family("nodes", "node-1", "containers");
        _console.Tell(new ConsoleActor.Run(["kube", "nodes"]), TestActor);
        _api.ExpectMsg<List>();
        _api.Reply(new Listed(null, [Object("node-1"), Object("node-2")], 7));
        Rows(ExpectMsg<ConsoleActor.Ran>().Answer).Select(r => r[5]).ShouldBe(["local", ""]);
    }

    [Theory]
    [InlineData("kill-node", "off node-1")]
    [InlineData("start-node", "on node-1")]
    public void A_node_that_is_there_is_switched(string command, string message)
    {
        _console.Tell(new ConsoleActor.Run(["kube", command, "node-1"]), TestActor);
        _api.ExpectMsg<Get>(get => get.Name.ShouldBe("node-1"));
        _api.Reply(new Succeeded(null, Object("node-1"), []));
        _machines.ExpectMsg(message);
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldContain("node-1 is switched");
    }

    [Fact]
    public void A_node_that_is_not_there_is_not_switched()
    {
        _console.Tell(new ConsoleActor.Run(["kube", "kill-node", "node-9"]), TestActor);
        _api.ExpectMsg<Get>();
        _api.Reply(new Failed(null, StatusErrors.InternalError("nodes \"node-9\" not found")));
        Failure(ExpectMsg<ConsoleActor.Ran>().Answer).Message.ShouldContain("nodes \"node-9\" not found");
        _machines.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_api_server_that_does_not_answer_costs_this_command_alone()
    {
        var console = Sys.ActorOf(ConsoleActor.Props(Services with { ApiServer = _api, Settings = Settings with { CommandTimeout = TimeSpan.FromMilliseconds(50) } }));
        Failure(Run(console, "kube", "nodes")).Code.ShouldBe(FailureCode.Timeout);
        Text(Run(console, "log", "level")).ShouldBe("WARNING");
    }

    private static ApiObject Object(string name) => ApiObject.Of(new Node
    {
        Metadata = new() { Name = name, ResourceVersion = "7" },
        Spec = new() { PodCIDR = "10.128.0.0/24", Taints = [new Taint { Key = "a", Effect = "NoSchedule" }] },
        Status = new() { Addresses = [new NodeAddress { Type = "InternalIP", Address = "172.18.0.2" }], Conditions = [new NodeCondition { Type = "Ready", Status = "True", Reason = "KubeletReady" }] },
    });
}
