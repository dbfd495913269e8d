using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>A pod that says hello and ends.</summary>
[Collection(SharedClusterCollection.Name)]
public sealed class HelloWorld(SharedCluster shared)
{
    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: hello-world
        spec:
          restartPolicy: Never
          containers:
          - name: hello
            image: busybox
            command: ["echo", "Hello Kubernetes!"]
        """;

    [Theory]
    [MemberData(nameof(Kubectl.Versions), MemberType = typeof(Kubectl))]
    public async Task A_pod_that_says_hello_completes_and_keeps_its_log_and_events(string version)
    {
        var ns = await shared.NewNamespace();
        var kubectl = shared.Cluster.Kubectl(version);
        (await kubectl.Ok($"-n {ns} apply -f -", Pod)).ShouldBe("pod/hello-world created\n");

        await Eventually.Holds(async () => (await kubectl.Ok($"-n {ns} get pod hello-world --no-headers")).ShouldMatch(@"^hello-world +0/1 +Completed +0 +\d+s\s*$"));
        (await kubectl.Ok($"-n {ns} logs hello-world")).ShouldBe("Hello Kubernetes!\n");

        string described = "";
        await Eventually.Holds(async () => (described = await kubectl.Ok($"-n {ns} describe pod hello-world")).ShouldContain("Started"));
        described.ShouldMatch(@"Normal +Scheduled +\S+( \(x\d+ over \S+\))? +default-scheduler +Successfully assigned " + ns + @"/hello-world to node-\d");
        described.ShouldMatch(@"Normal +Pulling +\S+ +kubelet +(spec\.containers\{hello\}: )?Pulling image ""busybox""");
        described.ShouldMatch(@"Normal +Pulled +\S+ +kubelet +(spec\.containers\{hello\}: )?Successfully pulled image ""busybox"" in ");
        described.ShouldMatch(@"Normal +Created +\S+ +kubelet +");
        described.ShouldMatch(@"Normal +Started +\S+ +kubelet +");

        var pod = await kubectl.Json($"-n {ns} get pod hello-world");
        var status = pod.GetProperty("status");
        status.GetProperty("phase").GetString().ShouldBe("Succeeded");
        status.GetProperty("qosClass").GetString().ShouldBe("BestEffort");
        var container = status.GetProperty("containerStatuses")[0];
        container.GetProperty("state").GetProperty("terminated").GetProperty("reason").GetString().ShouldBe("Completed");
        container.GetProperty("state").GetProperty("terminated").GetProperty("exitCode").GetInt32().ShouldBe(0);
        var spec = pod.GetProperty("spec");
        spec.GetProperty("serviceAccountName").GetString().ShouldBe("default");
        spec.GetProperty("containers")[0].GetProperty("imagePullPolicy").GetString().ShouldBe("Always");
        spec.GetProperty("tolerations").GetArrayLength().ShouldBe(2);
        spec.GetProperty("volumes")[0].GetProperty("name").GetString()!.ShouldStartWith("kube-api-access-");
    }

    [Fact]
    public async Task A_watcher_sees_the_pod_pass_through_every_state()
    {
        var ns = await shared.NewNamespace();
        var kubectl = shared.Cluster.Kubectl();
        using var watch = Command.Start("kubectl", ["--kubeconfig", kubectl.KubeConfig, "-n", ns, "get", "pods", "-w", "--no-headers"]);
        await kubectl.Ok($"-n {ns} apply -f -", Pod);
        var states = new List<string>();
        using var stop = new CancellationTokenSource(Command.Limit);
        while (states.LastOrDefault() != "Completed" && await watch.StandardOutput.ReadLineAsync(stop.Token) is { } line)
        {
            var state = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
            if (states.LastOrDefault() != state) states.Add(state);
        }

        watch.Kill();
        states.ShouldBe(["Pending", "ContainerCreating", "Completed"]);
    }
}
