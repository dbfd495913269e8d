using System.Net;
using System.Net.Http;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>Three web servers behind a service, reached from outside and from a pod.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class DeploymentAndService(SharedCluster shared)
{
    public const string Web = """
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
              terminationGracePeriodSeconds: 1
              containers:
              - name: nginx
                image: nginx:1.27
                ports: [{containerPort: 80}]
                readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 1}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          type: NodePort
          selector: {app: web}
          ports: [{port: 80}]
        """;

    [Theory]
    [MemberData(nameof(Kubectl.Versions), MemberType = typeof(Kubectl))]
    public async Task Requests_from_outside_and_from_a_pod_reach_every_replica(string version)
    {
        var ns = await shared.NewNamespace();
        var kubectl = shared.Cluster.Kubectl(version);
        (await kubectl.Ok($"-n {ns} apply -f -", Web)).ShouldBe("deployment.apps/web created\nservice/web created\n");
        (await kubectl.Ok($"-n {ns} rollout status deployment/web")).ShouldContain("deployment \"web\" successfully rolled out");

        var port = (await kubectl.Json($"-n {ns} get service web")).GetProperty("spec").GetProperty("ports")[0].GetProperty("nodePort").GetInt32();
        port.ShouldBeInRange(30000, 32767);
        await Eventually.Holds(async () => (await Command.Run("curl", ["-sS", "-i", $"http://127.0.0.1:{port}/"])).Succeeded().ShouldStartWith("HTTP/1.1 200 OK"));
        using (var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }))
        {
            for (var i = 0; i < 300; i++)
            {
                using var reply = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/?reached"));
                reply.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        }

        var pods = (await kubectl.Ok($"-n {ns} get pods -l app=web -o name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        pods.Length.ShouldBe(3);
        var reached = 0;
        foreach (var pod in pods)
        {
            var lines = (await kubectl.Ok($"-n {ns} logs {pod}")).Split('\n').Count(line => line.Contains("GET /?reached", StringComparison.Ordinal));
            lines.ShouldBeGreaterThan(0, $"{pod} was not reached");
            reached += lines;
        }

        reached.ShouldBe(300);

        await kubectl.RunWords(["-n", ns, "run", "client", "--image=busybox", "--restart=Never", "--", "wget", "-qO-", "http://web"]);
        await Eventually.Holds(async () => (await kubectl.Ok($"-n {ns} logs client")).ShouldContain("Welcome to nginx!"));
    }
}
