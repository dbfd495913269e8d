using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
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

    // Its pods leave a node that is gone after two seconds instead of the five minutes that every pod gets.
    private const string Impatient = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              tolerations:
              - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 2}
              - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 2}
              containers:
              - name: nginx
                image: nginx:1.27
        """;

    [Fact]
    public async Task A_container_whose_program_ends_is_restarted_and_counted()
    {
        var config = Path.Combine(Directory.CreateTempSubdirectory("akkakube-e2e-config-").FullName, "quick.conf");
        await File.WriteAllTextAsync(config, "akkakube.kubelet.restart-back-off.initial = 1s\n");
        await using var cluster = await RunningCluster.Start(1, null, "--config", config);
        var kubectl = cluster.Kubectl();
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
        var config = Path.Combine(Directory.CreateTempSubdirectory("akkakube-e2e-config-").FullName, "quick.conf");
        await File.WriteAllTextAsync(config, "akkakube.controllers.node-lifecycle.monitor-grace-period = 6s\nakkakube.kubelet.lease-duration = 4s\n");
        await using var cluster = await RunningCluster.Start(3, null, "--config", config);
        var kubectl = cluster.Kubectl();
        await kubectl.Ok("apply -f -", Impatient);
        await kubectl.Ok("rollout status deployment/web");
        var lost = (await kubectl.Ok("get pods -l app=web -o jsonpath={.items[0].spec.nodeName}")).Trim();
        var before = await On(lost);
        before.ShouldNotBeEmpty();

        await StopActor(cluster, "/user/nodes/" + lost);

        await Eventually.Holds(async () => (await kubectl.Ok($"get node {lost} --no-headers")).ShouldMatch($"^{lost} +NotReady "));
        await Eventually.Holds(async () =>
        {
            var node = await kubectl.Json($"get node {lost}");
            var ready = node.GetProperty("status").GetProperty("conditions").EnumerateArray().Single(c => c.GetProperty("type").GetString() == "Ready");
            ready.GetProperty("status").GetString().ShouldBe("Unknown");
            ready.GetProperty("reason").GetString().ShouldBe("NodeStatusUnknown");
            ready.GetProperty("message").GetString().ShouldBe("Kubelet stopped posting node status.");
            var taints = node.GetProperty("spec").GetProperty("taints").EnumerateArray().Select(t => $"{t.GetProperty("key").GetString()}:{t.GetProperty("effect").GetString()}");
            taints.ShouldBe(["node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute"], ignoreOrder: true);
        });
        await Eventually.Holds(async () =>
        {
            (await kubectl.Ok("get deployment web --no-headers")).ShouldMatch(@"^web +3/3 +3 +3 ");

            // Nobody can say that the lost pods have ended: they stay, on their way out, as in any cluster.
            (await kubectl.Ok("get pods -l app=web --no-headers")).Split('\n').Count(line => line.Contains(" Terminating ", StringComparison.Ordinal)).ShouldBe(before.Length);
            foreach (var pod in before) (await kubectl.Ok($"get {pod} -o jsonpath={{.metadata.deletionTimestamp}}")).ShouldNotBe("");
        });
        (await kubectl.Ok("get events --field-selector=reason=NodeNotReady -o name")).ShouldNotBe("");

        Task<string[]> On(string node) => kubectl.Ok($"get pods -l app=web --field-selector=spec.nodeName={node} -o name").ContinueWith(t => t.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries), TaskScheduler.Default);
    }

    /// <summary>Stops an actor by the management port, as an operator can.</summary>
    private static async Task StopActor(RunningCluster cluster, string path)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{cluster.Host.GetProperty("console").GetString()}/run"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(cluster.DataDirectory, "token")));
        request.Content = JsonContent.Create(new[] { "actor", "stop", path });
        using var reply = await http.SendAsync(request);
        var said = await reply.Content.ReadAsStringAsync();
        reply.IsSuccessStatusCode.ShouldBeTrue(said);
    }
}
