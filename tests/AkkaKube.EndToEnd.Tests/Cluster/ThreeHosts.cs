using System.Text.Json;
using AkkaKube.EndToEnd.Tests.Harness;
using AkkaKube.EndToEnd.Tests.Walks;

namespace AkkaKube.EndToEnd.Tests.Cluster;

/// <summary>Three hosts are one cluster: what is said to one of them, all of them know.</summary>
public sealed class ThreeHosts
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_server_is_asked_the_cluster_is_the_same(bool postgres)
    {
        await using var hosts = await RunningHosts.Start(3, 6, postgres);
        hosts.Lines.Count.ShouldBe(4);
        hosts.Lines.Take(3).ShouldAllBe(line => RunningHosts.HostLine().IsMatch(line));
        hosts.Lines[3].ShouldBe("AkkaKube is ready: 3 hosts, 6 nodes");
        var (h1, h2, h3) = (hosts.Kubectl("h1"), hosts.Kubectl("h2"), hosts.Kubectl("h3"));
        (await h1.Ok("config get-contexts -o name")).ShouldBe("h1\nh2\nh3\n");
        (await h1.Ok("config current-context")).ShouldBe("h1\n");

        (await h1.Ok("apply -f -", DeploymentAndService.Web)).ShouldBe("deployment.apps/web created\nservice/web created\n");
        (await h2.Ok("rollout status deployment/web")).ShouldContain("successfully rolled out");
        await h3.Ok("scale deployment/web --replicas=6");
        await h1.Ok("rollout status deployment/web");
        var seen = await PodIdentity.Of(h3, "app=web");
        seen.Count.ShouldBe(6);
        (await PodIdentity.Of(h1, "app=web")).ShouldBe(seen);
        (await PodIdentity.Of(h2, "app=web")).ShouldBe(seen);
        // The pods are on several nodes, and the nodes' kubelets on several hosts: each answer comes from wherever it is.
        seen.Select(pod => pod.Node).Distinct().Count().ShouldBeGreaterThan(2);

        await h2.RunWords(["run", "client", "--image=busybox", "--restart=Never", "--", "sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do wget -qO- http://web | grep -c 'Welcome to nginx!'; done"]);
        await h3.Ok("wait pod/client --for=jsonpath={.status.phase}=Succeeded --timeout=60s");
        var answers = await h1.Ok("logs client");
        answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(20);
        foreach (var kubectl in (Kubectl[])[h1, h2, h3])
        {
            (await kubectl.Ok("logs client")).ShouldBe(answers);
            foreach (var pod in seen) (await kubectl.Ok($"logs {pod.Name}")).ShouldContain("GET / HTTP/1.1");
        }

        // A list at one server, right after a write at another, has it.
        for (var i = 0; i < 20; i++)
        {
            await h1.Ok($"create configmap linear-{i} --from-literal=a=b");
            (await hosts.Kubectl(i % 2 == 0 ? "h2" : "h3").Ok("get configmaps -o name")).ShouldContain($"configmap/linear-{i}\n");
        }

        (await hosts.Stop()).ShouldBe(0, hosts.Errors);
    }

    [Fact]
    public async Task A_watch_goes_on_at_another_server_from_where_it_ended()
    {
        await using var hosts = await RunningHosts.Start(3, 1, postgres: false);
        using var first = hosts.Client("h1");
        await Create(hosts, "h2", 0, 10);
        var seen = new List<(string Name, string Version)>();
        await Follow(first, "0", 10);
        await Create(hosts, "h3", 10, 20);
        using var second = hosts.Client("h2");
        await Follow(second, seen[^1].Version, 20);
        await hosts.Kill("h2");
        using var third = hosts.Client("h3");
        await Eventually.Holds(() => Create(hosts, "h1", 20, 30));
        await Follow(third, seen[^1].Version, 30);
        seen.Select(s => s.Name).ShouldBe(Enumerable.Range(0, 30).Select(i => $"watched-{i}"));
        seen.Select(s => long.Parse(s.Version, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInOrder();

        async Task Follow(HttpClient client, string from, int until)
        {
            using var events = await client.GetAsync(new Uri($"/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=200&resourceVersion={from}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            events.IsSuccessStatusCode.ShouldBeTrue();
            using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
            while (seen.Count < until && await reader.ReadLineAsync() is { } line)
            {
                var metadata = JsonDocument.Parse(line).RootElement.GetProperty("object").GetProperty("metadata");
                if (metadata.GetProperty("name").GetString() is { } name && name.StartsWith("watched-", StringComparison.Ordinal)) seen.Add((name, metadata.GetProperty("resourceVersion").GetString()!));
            }

            seen.Count.ShouldBe(until);
        }
    }

    private static async Task Create(RunningHosts hosts, string host, int from, int to)
    {
        var kubectl = hosts.Kubectl(host);
        for (var i = from; i < to; i++)
        {
            var created = await kubectl.Run($"create configmap watched-{i} --from-literal=a=b");
            if (created.ExitCode != 0) created.Error.ShouldContain("already exists");
        }
    }
}
