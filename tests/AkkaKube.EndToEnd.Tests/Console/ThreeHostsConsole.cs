using AkkaKube.EndToEnd.Tests.Harness;
using AkkaKube.EndToEnd.Tests.Walks;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>A cluster of three hosts, and its console; a host that is killed is started again.</summary>
public sealed class ConsoleHosts : IAsyncLifetime
{
    public RunningHosts Hosts { get; private set; } = null!;

    public Pbm Pbm { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Hosts = await RunningHosts.Start(3, 6, postgres: false, "--restart");
        Pbm = new Pbm(Hosts.DataDirectory);
        var kubectl = Hosts.Kubectl("h1");
        await Eventually.Holds(() => kubectl.Ok("apply -f -", DeploymentAndService.Web));
        await kubectl.Ok("rollout status deployment/web");
    }

    public async Task DisposeAsync() => await Hosts.DisposeAsync();

    /// <summary>Waits until all three hosts are members that reach each other.</summary>
    public Task AllUp() => Eventually.Holds(async () =>
    {
        var members = await Pbm.Rows("cluster show");
        members.Select(m => m[0]).ShouldBe(["h1", "h2", "h3"]);
        members.ShouldAllBe(m => m[2] == "Up" && m[3] == "yes");
    });

    /// <summary>Makes the cluster do something, and waits until it is done.</summary>
    public async Task DoesWhatItIsTold(string host, int replicas)
    {
        var kubectl = Hosts.Kubectl(host);
        await Eventually.Holds(() => kubectl.Ok($"scale deployment/web --replicas={replicas}"));
        await Eventually.Holds(() => kubectl.Ok("rollout status deployment/web --timeout=60s"));
    }
}

/// <summary>Every command, on three hosts, with its effect as kubectl sees it.</summary>
public sealed class ThreeHostsConsole(ConsoleHosts shared) : IClassFixture<ConsoleHosts>
{
    private Pbm Pbm => shared.Pbm;

    [Fact]
    public async Task The_members_and_what_they_run_are_listed()
    {
        await shared.AllUp();
        (await Pbm.Ok("cluster status")).ShouldContain("Up: h1, h2, h3");
        (await Pbm.Ok("cluster leader")).ShouldMatch("^h[123] akka.ssl.tcp://");
        var regions = await Pbm.Rows("cluster-sharding list-regions");
        regions.Where(r => r[0] == "kubelet").Sum(r => int.Parse(r[3], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(6);
        (await Pbm.Rows("cluster-sharding shard-allocation etcd")).ShouldContain(r => r[0] == "pods");
        (await Pbm.Rows("cluster-sharding region-stats etcd")).Select(r => r[1]).ShouldBeUnique();
        (await Pbm.Rows("kube nodes")).Count.ShouldBe(6);
    }

    [Fact]
    public async Task Parts_are_killed_wherever_they_run_and_come_back()
    {
        await shared.AllUp();
        foreach (var part in (string[])["scheduler", "controller replicaset-controller", "etcd pods", "kubelet node-3", "kube-proxy node-2", "apiserver h2"])
            (await Pbm.Ok($"kube kill {part}")).ShouldContain("it is up again");
        await shared.DoesWhatItIsTold("h2", 5);
        await Pbm.Ok("kube pause controller replicaset-controller --for 2s");
        await shared.DoesWhatItIsTold("h3", 4);
    }

    [Fact]
    public async Task Links_are_slow_lossy_and_cut_until_they_are_healed()
    {
        await shared.AllUp();
        await Pbm.Ok("kube slow h2 30ms");
        await Pbm.Ok("kube drop h3 2%");
        (await Pbm.Rows("kube faults")).Select(r => r[1]).ShouldBe(["30ms slower to h1", "30ms slower to h3", "2% lost to h1", "2% lost to h2"]);
        await shared.DoesWhatItIsTold("h1", 6);
        (await Pbm.Ok("kube heal")).ShouldContain("h2: healed 30ms slower to h1, 30ms slower to h3");
        (await Pbm.Rows("kube faults")).ShouldBeEmpty();

        (await Pbm.Ok("kube partition h1 h2 --for 1s")).ShouldBe("h1: cut from h2\n");
        await shared.AllUp();
        await shared.DoesWhatItIsTold("h2", 4);
        (await Pbm.Run("kube partition h1 h7")).ShouldSatisfyAllConditions(o => o.ExitCode.ShouldBe(1), o => o.Error.ShouldContain("there is no host h7"));
    }

    [Fact]
    public async Task A_node_that_is_switched_off_stops_and_one_that_is_switched_on_starts()
    {
        await shared.AllUp();
        await Pbm.Ok("kube kill-node node-6");
        await Eventually.Holds(async () => (await shared.Hosts.Kubectl("h1").Ok("get node node-6 --no-headers")).ShouldContain("NotReady"));
        await Pbm.Ok("kube start-node node-6");
        await Eventually.Holds(async () => (await shared.Hosts.Kubectl("h2").Ok("get node node-6 --no-headers")).ShouldMatch("^node-6 +Ready "));
    }

    [Fact]
    public async Task A_flow_is_followed_across_hosts()
    {
        await shared.AllUp();
        var kubectl = shared.Hosts.Kubectl("h1");
        await shared.DoesWhatItIsTold("h1", 3);
        await kubectl.Ok("create deployment told --image=nginx:1.27");
        await kubectl.Ok("rollout status deployment/told");
        var pod = await kubectl.Ok("get pods -l app=told -o jsonpath={.items[0].metadata.name}");
        await Eventually.Holds(async () =>
        {
            var story = await Pbm.Rows($"kube trace pod/{pod}");
            (story[0][1], story[0][3]).ShouldBe(("Create", "kubernetes-admin"));
            story.ShouldContain(r => r[1] == "Patch status" && r[8] == "Ready");
            story.Where(r => r[1] == "Changes").Select(r => r[7]).Distinct().Order().ShouldBe(["h1", "h2", "h3"]);
        });
        await kubectl.Ok("delete deployment told");
    }

    [Fact]
    public async Task A_killed_host_goes_and_comes_back_and_tail_tells_of_it()
    {
        await shared.AllUp();
        using var tail = Pbm.Start("cluster tail");
        var told = new List<string>();
        var listening = Task.Run(async () =>
        {
            while (await tail.StandardOutput.ReadLineAsync() is { } line) lock (told) told.Add(line);
        });
        await Eventually.Holds(() => Told("h3 is Up"));
        (await Pbm.Ok("kube kill-host h3")).ShouldBe("h3 is being killed\n");
        await Eventually.Holds(() => Told("h3 is Removed"));
        await shared.DoesWhatItIsTold("h2", 5);
        await shared.AllUp();
        tail.Kill();
        await listening;

        Task Told(string what)
        {
            lock (told) told.ShouldContain(line => line.Contains(what, StringComparison.Ordinal));
            return Task.CompletedTask;
        }
    }
}
