using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>Programs that end and nodes that fall silent.</summary>
public sealed class Failures
{
    private const string Crashing = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: crashing
        spec:
          containers:
          - name: main
            image: busybox
            command: ["sh", "-c", "echo up; sleep 1; exit 3"]
        """;

    [Fact]
    public async Task A_container_whose_program_ends_is_restarted_and_counted()
    {
        await using var cluster = await RunningCluster.Start();
        var kubectl = cluster.Kubectl();
        await Eventually.Holds(() => kubectl.Ok("get serviceaccount default"));
        await kubectl.Ok("apply -f -", Crashing);
        await Eventually.Holds(async () =>
        {
            var status = (await kubectl.Json("get pod crashing")).GetProperty("status").GetProperty("containerStatuses")[0];
            status.GetProperty("restartCount").GetInt32().ShouldBeGreaterThanOrEqualTo(2);
            status.GetProperty("lastState").GetProperty("terminated").GetProperty("exitCode").GetInt32().ShouldBe(3);
        });
        (await kubectl.Ok("get pod crashing --no-headers")).ShouldMatch(@"^crashing +[01]/1 +(Running|Error|CrashLoopBackOff) +[2-9] ");
        (await kubectl.Ok("logs crashing --previous")).ShouldBe("up\n");
    }

    [Fact]
    public async Task The_pods_of_a_node_whose_kubelet_died_are_replaced_elsewhere()
    {
        var data = RunningCluster.NewDataDirectory();
        var config = Path.Combine(data, "quick.conf");
        await File.WriteAllTextAsync(config, "akkakube.controllers.node-lifecycle { monitor-grace-period = 5s, monitor-period = 1s }\nakkakube.kubelet { lease-duration = 4s, kill = [node-2] , kill-after = 15s }\nakkakube.api-server.default-toleration = 2s");
        await using var cluster = await RunningCluster.Start(nodes: 3, data, "--config", config);
        var kubectl = cluster.Kubectl();
        await Eventually.Holds(() => kubectl.Ok("get serviceaccount default"));
        await kubectl.Ok("apply -f -", DeploymentAndService.Web);
        await kubectl.Ok("rollout status deployment/web");
        await Eventually.Holds(async () => (await kubectl.Ok("get node node-2 --no-headers")).ShouldMatch(@"^node-2 +NotReady "));
        await Eventually.Holds(async () =>
        {
            (await kubectl.Ok("get deployment web --no-headers")).ShouldMatch(@"^web +3/3 ");
            (await kubectl.Ok("get pods -l app=web --field-selector=spec.nodeName=node-2,status.phase=Running -o jsonpath={.items[?(@.metadata.deletionTimestamp==null)].metadata.name}")).ShouldBe("");
        });
    }
}
