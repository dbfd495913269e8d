using System.Diagnostics;
using AkkaKube.EndToEnd.Tests.Harness;
using AkkaKube.EndToEnd.Tests.Walks;
using Xunit.Abstractions;

namespace AkkaKube.EndToEnd.Tests.Cluster;

/// <summary>Hosts that die or leave: what ran there runs elsewhere soon, no acknowledged write is lost, and no pod notices.</summary>
public sealed class HostFailures(ITestOutputHelper log)
{
    [Theory]
    [InlineData(false, "h1")]
    [InlineData(false, "h2")]
    [InlineData(true, "h1")]
    public async Task A_killed_host_is_replaced_by_the_others_and_its_pods_go_on(bool postgres, string victim)
    {
        await using var hosts = await RunningHosts.Start(3, 9, postgres);
        string[] others = [.. new[] { "h1", "h2", "h3" }.Where(host => host != victim)];
        var kubectl = hosts.Kubectl(others[0]);
        await kubectl.Ok("apply -f -", DeploymentAndService.Web);
        await kubectl.Ok("scale deployment/web --replicas=9");
        await kubectl.Ok("rollout status deployment/web");
        var before = await PodIdentity.Of(kubectl, "app=web");
        await using var load = new WriteLoad(hosts, others);
        await load.UntilAcknowledged(20);

        await hosts.Kill(victim);
        var clock = Stopwatch.StartNew();
        // Everything has to work for this: the shards of pods and deployments, the controllers, the scheduler, and every node's kubelet.
        await kubectl.Ok("scale deployment/web --replicas=18");
        await Eventually.Holds(async () => (await kubectl.Ok("get deployment web -o jsonpath={.status.readyReplicas}")).ShouldBe("18"));
        log.WriteLine($"18 replicas were ready {clock.Elapsed.TotalSeconds:0.0} s after the end of {victim}");
        await Eventually.Holds(async () =>
        {
            foreach (var pod in before) (await kubectl.Ok($"logs --tail=1 {pod.Name}")).ShouldNotBeNull();
        });
        log.WriteLine($"every kubelet answered {clock.Elapsed.TotalSeconds:0.0} s after the end of {victim}");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));

        var after = (await PodIdentity.Of(kubectl, "app=web")).ToDictionary(pod => pod.Name);
        foreach (var pod in before) after[pod.Name].ShouldBe(pod);
        await load.UntilAcknowledged(load.Acknowledged + 20);
        log.WriteLine($"the longest wait for a write: {load.LongestWait.TotalSeconds:0.0} s");
        await load.Stop();
        foreach (var other in others) await load.AllAreAt(hosts.Kubectl(other));
        (await kubectl.Ok("get nodes --no-headers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains(" Ready ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_killed_host_comes_back_and_serves()
    {
        await using var hosts = await RunningHosts.Start(3, 3, postgres: false, "--restart");
        await hosts.Kubectl("h2").Ok("create configmap before --from-literal=a=b");
        var process = hosts.ProcessId("h1");
        await hosts.Kill("h1");
        await Eventually.Holds(async () =>
        {
            hosts.ProcessId("h1").ShouldNotBe(process);
            (await hosts.Kubectl("h1").Ok("get configmap before -o jsonpath={.data.a}")).ShouldBe("b");
        });
        hosts.Errors.ShouldContain($"h1 (process {process}) has ended by itself: signal 9");
    }

    [Fact]
    public async Task A_host_that_slept_finds_itself_declared_dead_and_joins_anew_in_the_same_process()
    {
        await using var hosts = await RunningHosts.Start(3, 6, postgres: false);
        var other = hosts.Kubectl("h2");
        await other.Ok("apply -f -", DeploymentAndService.Web);
        await other.Ok("scale deployment/web --replicas=6");
        await other.Ok("rollout status deployment/web");
        var before = await PodIdentity.Of(other, "app=web");
        var (process, api) = (hosts.ProcessId("h1"), hosts.Api("h1"));

        await hosts.Freeze("h1");
        // The others go on without it, so it is out.
        await Eventually.Holds(() => other.Ok("scale deployment/web --replicas=8"));
        await Eventually.Holds(async () => (await other.Ok("get deployment web -o jsonpath={.status.readyReplicas}")).ShouldBe("8"));
        await Eventually.Holds(() =>
        {
            hosts.Errors.ShouldContain("cannot reach");
            return Task.CompletedTask;
        });
        await hosts.Thaw("h1");
        await Eventually.Holds(async () => (await hosts.Kubectl("h1").Ok("get deployment web -o jsonpath={.spec.replicas}")).ShouldBe("8"));
        (hosts.ProcessId("h1"), hosts.Api("h1")).ShouldBe((process, api));
        await Eventually.Holds(async () =>
        {
            var after = (await PodIdentity.Of(hosts.Kubectl("h1"), "app=web")).ToDictionary(pod => pod.Name);
            foreach (var pod in before) after[pod.Name].ShouldBe(pod);
        });
    }

    [Fact]
    public async Task All_hosts_are_started_anew_one_by_one_and_no_write_fails_and_no_pod_restarts()
    {
        await using var hosts = await RunningHosts.Start(3, 6, postgres: false, "--restart");
        var kubectl = hosts.Kubectl("h1");
        await kubectl.Ok("apply -f -", DeploymentAndService.Web);
        await kubectl.Ok("scale deployment/web --replicas=6");
        await kubectl.Ok("rollout status deployment/web");
        var before = await PodIdentity.Of(kubectl, "app=web");
        await using var load = new WriteLoad(hosts, "h1", "h2", "h3");
        foreach (var host in (string[])["h1", "h2", "h3"])
        {
            await load.UntilAcknowledged(load.Acknowledged + 20);
            var process = hosts.ProcessId(host);
            await hosts.Terminate(host);
            await Eventually.Holds(() => Task.FromResult(hosts.ProcessId(host)).ContinueWith(id => id.Result.ShouldNotBe(process), TaskScheduler.Default));
            hosts.Errors.ShouldContain($"{host} (process {process}) has ended by itself: exit code 0");
        }

        await load.UntilAcknowledged(load.Acknowledged + 20);
        await load.Stop();
        log.WriteLine($"{load.Acknowledged} writes, the longest wait: {load.LongestWait.TotalSeconds:0.0} s");
        await load.AllAreAt(hosts.Kubectl("h2"));
        await Eventually.Holds(async () => (await PodIdentity.Of(hosts.Kubectl("h3"), "app=web")).ShouldBe(before));
        await hosts.Kubectl("h1").Ok("scale deployment/web --replicas=8");
        await hosts.Kubectl("h2").Ok("rollout status deployment/web");
    }
}
