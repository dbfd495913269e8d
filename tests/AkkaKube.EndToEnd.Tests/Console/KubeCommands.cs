using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>The palette <c>kube</c> but for the faults of links: parts, nodes and hosts that are killed and paused, and what is told of it.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class KubeCommands(ConsoleHosts shared)
{
    private Pbm Pbm => shared.Pbm;

    [Fact]
    [Drives("kube kill scheduler", "kube kill controller", "kube kill etcd", "kube kill kubelet", "kube kill kube-proxy", "kube kill apiserver")]
    public async Task Parts_are_killed_wherever_they_run_and_come_back()
    {
        await shared.AllUp();
        foreach (var part in (string[])["scheduler", "controller replicaset-controller", "etcd pods", "kubelet node-3", "kube-proxy node-2", "apiserver h2"])
            (await Pbm.Ok($"kube kill {part}")).ShouldContain($"crashed {part.Split(' ')[0]}");
        await shared.DoesWhatItIsTold("h2", 5);
        await shared.AllUp();
    }

    [Fact]
    [Drives(
        "kube pause scheduler", "kube pause controller", "kube pause etcd", "kube pause kubelet", "kube pause kube-proxy", "kube pause apiserver", "kube resume",
        "kube pause scheduler --for", "kube pause controller --for", "kube pause etcd --for", "kube pause kubelet --for", "kube pause kube-proxy --for", "kube pause apiserver --for")]
    public async Task Parts_that_are_paused_hang_until_they_are_resumed_or_their_time_is_over()
    {
        await shared.AllUp();
        var kubectl = shared.Hosts.Kubectl("h1");
        (await Pbm.Ok("kube pause scheduler")).ShouldMatch("^paused scheduler on h[123]\n$");
        await shared.DoesNotSchedule("h1", 9);
        (await Pbm.Rows("kube faults")).ShouldHaveSingleItem()[1].ShouldContain("scheduler");
        (await Pbm.Ok("kube resume scheduler")).ShouldContain("resumed /user/scheduler/scheduler");
        await kubectl.Ok("rollout status deployment/web");

        // Each for a while, all at once; afterwards nothing is paused and what was asked for is done.
        foreach (var part in (string[])["scheduler", "controller replicaset-controller", "etcd configmaps", "kubelet node-3", "kube-proxy node-2", "apiserver h2"])
            (await Pbm.Ok($"kube pause {part} --for 3s")).ShouldContain($"paused {part.Split(' ')[0]}");
        await Eventually.Holds(async () => (await Pbm.Rows("kube faults")).ShouldBeEmpty());
        await shared.DoesWhatItIsTold("h2", 4);
        await shared.AllUp();
    }

    [Fact]
    [Drives("kube kill-node", "kube start-node")]
    public async Task A_node_that_is_switched_off_stops_and_one_that_is_switched_on_starts()
    {
        await shared.AllUp();
        await Pbm.Ok("kube kill-node node-6");
        await Eventually.Holds(async () => (await shared.Hosts.Kubectl("h1").Ok("get node node-6 --no-headers")).ShouldContain("NotReady"));
        await Pbm.Ok("kube start-node node-6");
        await Eventually.Holds(async () => (await shared.Hosts.Kubectl("h2").Ok("get node node-6 --no-headers")).ShouldMatch("^node-6 +Ready "));
    }

    [Fact]
    [Drives("kube pause", "kube pause --for")]
    public async Task A_host_that_stands_still_is_replaced_and_finds_itself_declared_dead()
    {
        await shared.AllUp();
        await using var tail = new Tail(Pbm, $"{shared.ConsoleOf("h1")} cluster tail");
        await tail.Tells("h2 is Up");
        (await Pbm.Ok("kube pause h2 --for 90s")).ShouldBe("h2 stands still for 90s\n");
        await tail.Tells("h2 is Removed");
        await shared.DoesWhatItIsTold("h3", 5);
        await shared.Hosts.Thaw("h2");
        await shared.Said("h2 is out of the cluster");
        await shared.AllUp();
    }

    [Fact]
    [Drives("kube kill-host")]
    public async Task A_killed_host_goes_and_comes_back()
    {
        await shared.AllUp();
        await using var tail = new Tail(Pbm, $"{shared.ConsoleOf("h1")} cluster tail");
        await tail.Tells("h3 is Up");
        var process = shared.Hosts.ProcessId("h3");
        (await Pbm.Ok("kube kill-host h3")).ShouldBe("h3 is being killed\n");
        await tail.Tells("h3 is Removed");
        await shared.Said($"h3 (process {process}) has ended by itself: signal 9");
        await shared.DoesWhatItIsTold("h2", 5);
        await shared.AllUp();
    }

    [Fact]
    [Drives("kube trace")]
    public async Task A_flow_is_followed_across_hosts()
    {
        await shared.AllUp();
        var kubectl = shared.Hosts.Kubectl("h1");
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
    [Drives("kube chaos start", "kube chaos start --seed", "kube chaos start --rate", "kube chaos start --for", "kube chaos stop", "kube chaos report")]
    public async Task Chaos_ends_with_everything_healed_and_what_was_declared()
    {
        await shared.AllUp();
        (await Pbm.Ok("kube chaos start --seed 11 --rate 60 --for 10m")).ShouldContain("3 hosts, 6 nodes");
        await Eventually.Holds(async () => (await Pbm.Rows("kube chaos report")).Count.ShouldBeGreaterThan(4));
        await Pbm.Run("kube chaos stop");
        await Eventually.Holds(async () => (await Pbm.Rows("kube chaos report"))[^1][1].ShouldEndWith("everything healed"));
        await Eventually.Holds(async () => (await Pbm.Rows("kube faults")).ShouldBeEmpty());
        await shared.DoesWhatItIsTold("h3", 4);
        await Eventually.Holds(async () => (await shared.Hosts.Kubectl("h1").Ok("get nodes --no-headers")).ShouldNotContain("NotReady"));
        await shared.AllUp();
    }
}
