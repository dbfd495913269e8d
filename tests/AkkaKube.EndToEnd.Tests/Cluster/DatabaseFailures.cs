using System.Globalization;
using System.Net;
using AkkaKube.EndToEnd.Tests.Harness;
using AkkaKube.EndToEnd.Tests.Walks;

namespace AkkaKube.EndToEnd.Tests.Cluster;

/// <summary>The database that the hosts share is gone for a while: nobody is declared dead for that, nothing is lost, and all goes on by itself.</summary>
public sealed class DatabaseFailures
{
    [Fact]
    public async Task Without_the_database_hosts_say_so_and_afterwards_they_go_on_where_they_were()
    {
        await using var hosts = await RunningHosts.Start(3, 3, postgres: true);
        var postgres = new OwnPostgres(hosts.DataDirectory);
        var kubectl = hosts.Kubectl("h1");
        await kubectl.Ok("apply -f -", DeploymentAndService.Web);
        await kubectl.Ok("rollout status deployment/web");
        var before = await PodIdentity.Of(kubectl, "app=web");
        await kubectl.Ok("create configmap before --from-literal=a=b");
        var processes = new[] { "h1", "h2", "h3" }.Select(hosts.ProcessId).ToList();

        await postgres.Kill();
        using var client = hosts.Client("h2");
        await Eventually.Holds(async () =>
        {
            using var reply = await client.GetAsync(new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative));
            reply.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            reply.Headers.RetryAfter.ShouldNotBeNull();
            (await reply.Content.ReadAsStringAsync()).ShouldContain("it has not reached the database for too long");
        });
        using (var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative)))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            (await ready.Content.ReadAsStringAsync()).ShouldContain("[-]cluster failed: it has not reached the database for too long");
        }

        (await client.GetAsync(new Uri("/livez", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await postgres.Start();
        foreach (var host in (string[])["h1", "h2", "h3"])
        {
            await Eventually.Holds(async () => (await hosts.Kubectl(host).Ok("get configmap before -o jsonpath={.data.a}")).ShouldBe("b"));
        }

        await Eventually.Holds(() => kubectl.Ok("scale deployment/web --replicas=5"));
        await kubectl.Ok("rollout status deployment/web");
        var after = (await PodIdentity.Of(hosts.Kubectl("h3"), "app=web")).ToDictionary(pod => pod.Name);
        foreach (var pod in before) after[pod.Name].ShouldBe(pod);
        new[] { "h1", "h2", "h3" }.Select(hosts.ProcessId).ShouldBe(processes);
        hosts.Errors.ShouldNotContain("is out of the cluster");
    }

    [Fact]
    public async Task A_host_that_is_started_before_the_database_waits_for_it()
    {
        await using var hosts = await RunningHosts.Start(1, 1, postgres: true);
        var postgres = new OwnPostgres(hosts.DataDirectory);
        await hosts.Kubectl("h1").Ok("create configmap before --from-literal=a=b");
        await postgres.Kill();
        var data = RunningCluster.NewDataDirectory();
        using var late = RunningCluster.Up(["--database", postgres.Address, "--host-name", "late", "--listen", "127.0.0.1:0", "--port", "0", "--console-port", "0", "--nodes", "1", "--data-dir", data]);
        try
        {
            var ready = late.StandardOutput.ReadLineAsync();
            // It has come as far as the database when it holds its folder.
            await Eventually.Holds(() => Task.FromResult(File.Exists(Path.Combine(data, ".lock"))).ContinueWith(t => t.Result.ShouldBeTrue(), TaskScheduler.Default));
            ready.IsCompleted.ShouldBeFalse();
            await postgres.Start();
            (await ready.WaitAsync(Command.Limit)).ShouldNotBeNull().ShouldMatch("^AkkaKube is ready: https://127.0.0.1:\\d+ \\(1 node, ");
            (await new Kubectl("kubectl", Path.Combine(data, "kubeconfig")).Ok("get configmap before -o jsonpath={.data.a}")).ShouldBe("b");
            (await Command.Run("kill", ["-TERM", late.Id.ToString(CultureInfo.InvariantCulture)])).Succeeded();
            await late.WaitForExitAsync();
            late.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!late.HasExited) late.Kill();
            Directory.Delete(data, recursive: true);
        }
    }

    [Theory]
    [InlineData("--database", "/x/journal.db", "--host-name")]
    [InlineData("--host-name", "h1", "--database")]
    [InlineData("--database", "mysql://x", "mysql")]
    [InlineData("--database", "journal.db", "203.0.113.1:7100", "--host-name", "h1", "--listen", "203.0.113.1:7100")]
    public async Task Options_that_make_no_host_are_refused_in_one_line(string option, string value, string mentions, params string[] more)
    {
        var data = RunningCluster.NewDataDirectory();
        if (value == "journal.db") value = Path.Combine(data, value);
        var outcome = await Command.Run("dotnet", [Path.Combine(RunningCluster.App, "akkakube.dll"), "up", "--port", "0", "--data-dir", data, option, value, .. more]);
        outcome.ExitCode.ShouldBe(1);
        outcome.Error.TrimEnd('\n').ShouldNotContain('\n');
        outcome.Error.ShouldContain(mentions);
    }
}
