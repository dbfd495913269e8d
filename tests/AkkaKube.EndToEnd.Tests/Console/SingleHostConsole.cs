using AkkaKube.EndToEnd.Tests.Harness;
using AkkaKube.EndToEnd.Tests.Walks;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>The console of a process that is a whole cluster.</summary>
public sealed class SingleHostConsole
{
    [Fact]
    public async Task Commands_are_answered_for_people_for_programs_and_from_a_pipe()
    {
        await using var cluster = await RunningCluster.Start(2);
        var pbm = new Pbm(cluster.DataDirectory);
        (await pbm.Ok("help")).ShouldContain("kube kill-host HOST");
        (await pbm.Ok("kube nodes")).ShouldMatch(@"^NODE +READY +REASON +ADDRESS +POD-CIDR +HOST +TAINTS\nnode-1 +True +KubeletReady ");
        (await pbm.Rows("kube nodes")).Select(r => (r[0], r[5])).ShouldBe([("node-1", "local"), ("node-2", "local")]);
        (await pbm.Ok("cluster status")).ShouldContain("this is a single host");
        (await pbm.Ok("actor hierarchy /user/controllers")).ShouldContain("/user/controllers/replicaset-controller\n");

        (await pbm.Run("cluster shwo")).ShouldSatisfyAllConditions(o => o.ExitCode.ShouldBe(2), o => o.Error.ShouldContain("did you mean 'cluster show'"));
        (await pbm.Run("kube kill-node node-9")).ShouldSatisfyAllConditions(o => o.ExitCode.ShouldBe(1), o => o.Error.ShouldContain("\"node-9\" not found"));
        (await new Pbm(RunningCluster.NewDataDirectory()).Run("cluster show")).ExitCode.ShouldBe(3);
        (await pbm.Run("", "log level\ncluster leader\n")).ShouldSatisfyAllConditions(o => o.ExitCode.ShouldBe(0), o => o.Out.ShouldBe("WARNING\nlocal akka://akkakube\n"));
    }

    [Fact]
    public async Task Every_part_that_is_killed_or_paused_comes_back_and_the_cluster_does_what_it_is_told()
    {
        await using var cluster = await RunningCluster.Start(2);
        var (pbm, kubectl) = (new Pbm(cluster.DataDirectory), cluster.Kubectl());
        await kubectl.Ok("apply -f -", DeploymentAndService.Web);
        await kubectl.Ok("rollout status deployment/web");
        foreach (var part in (string[])["scheduler", "controller replicaset-controller", "apiserver", "etcd pods", "kubelet node-1", "kube-proxy node-2"])
            (await pbm.Ok($"kube kill {part}")).ShouldContain("it is up again");
        await kubectl.Ok("scale deployment/web --replicas=6");
        await kubectl.Ok("rollout status deployment/web");
        (await kubectl.Ok("get pods -l app=web -o jsonpath={.items[*].status.containerStatuses[*].restartCount}")).Split(' ').ShouldAllBe(count => count == "0");

        await pbm.Ok("kube pause scheduler");
        await kubectl.Ok("scale deployment/web --replicas=7");
        await Eventually.Holds(async () => (await kubectl.Ok("get pods -l app=web --field-selector=spec.nodeName= -o name")).ShouldNotBeEmpty());
        (await pbm.Ok("kube resume")).ShouldContain("/user/scheduler");
        await kubectl.Ok("rollout status deployment/web");

        await pbm.Ok("kube slow database 100ms");
        (await pbm.Rows("kube faults")).ShouldHaveSingleItem()[1].ShouldBe("100ms slower to database");
        await kubectl.Ok("create configmap slow");
        (await pbm.Ok("kube heal")).ShouldContain("healed 100ms slower to database");
        await pbm.Ok("kube partition local database --for 1s");
        await Eventually.Holds(() => kubectl.Ok("create configmap after-the-cut"));
    }

    [Fact]
    public async Task The_story_of_a_pod_begins_with_its_user_and_ends_when_it_is_ready()
    {
        await using var cluster = await RunningCluster.Start(2);
        var (pbm, kubectl) = (new Pbm(cluster.DataDirectory), cluster.Kubectl());
        await kubectl.Ok("apply -f -", DeploymentAndService.Web);
        await kubectl.Ok("rollout status deployment/web");
        var pod = await kubectl.Ok("get pods -l app=web -o jsonpath={.items[0].metadata.name}");
        var story = await pbm.Rows($"kube trace pod/{pod}");
        (story[0][1], story[0][2], story[0][3]).ShouldBe(("Create", "deployments.apps/default/web", "kubernetes-admin"));
        story.ShouldContain(r => r[1] == "Create" && r[2].StartsWith("replicasets.apps/", StringComparison.Ordinal) && r[3] == "/user/controllers/deployment-controller");
        story.ShouldContain(r => r[1] == "Create" && r[2] == $"pods/default/{pod}" && r[3] == "/user/controllers/replicaset-controller");
        story.ShouldContain(r => r[1] == "Create binding" && r[3] == "/user/scheduler");
        story.ShouldContain(r => r[1] == "Patch status" && r[8] == "Ready");
        story.Where(r => r[1] == "Put").ShouldAllBe(r => r[6] != "0");
    }

    [Fact]
    public async Task Chaos_from_a_seed_ends_with_everything_healed()
    {
        await using var cluster = await RunningCluster.Start(2);
        var (pbm, kubectl) = (new Pbm(cluster.DataDirectory), cluster.Kubectl());
        await kubectl.Ok("apply -f -", DeploymentAndService.Web);
        (await pbm.Ok("kube chaos start --seed 11 --rate 120 --for 8s")).ShouldContain("2 nodes");
        await Eventually.Holds(async () => (await pbm.Rows("kube chaos report"))[^1][1].ShouldEndWith("everything healed"));
        (await pbm.Rows("kube chaos report")).Count.ShouldBeGreaterThan(3);
        (await pbm.Rows("kube faults")).ShouldBeEmpty();
        await kubectl.Ok("rollout status deployment/web");
        await Eventually.Holds(async () => (await kubectl.Ok("get nodes --no-headers")).ShouldNotContain("NotReady"));
    }
}
