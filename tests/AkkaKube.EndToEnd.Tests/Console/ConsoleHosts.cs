using System.Text.Json;
using AkkaKube.EndToEnd.Tests.Harness;
using AkkaKube.EndToEnd.Tests.Walks;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>One cluster of three hosts for the commands of all palettes, and its console; a host that is killed is started again.</summary>
public sealed class ConsoleHosts : IAsyncLifetime
{
    public RunningHosts Hosts { get; private set; } = null!;

    public Pbm Pbm { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Sooner than the 50 s of a real cluster, a node that is silent is not ready.
        var config = Path.Combine(RunningCluster.NewDataDirectory(), "quick.conf");
        await File.WriteAllTextAsync(config, "akkakube { kubelet.lease-duration = 8s, controllers.node-lifecycle.monitor-grace-period = 15s }");
        Hosts = await RunningHosts.Start(3, 6, postgres: false, "--restart", "--config", config);
        Pbm = new Pbm(Hosts.DataDirectory);
        var kubectl = Hosts.Kubectl("h1");
        await Eventually.Holds(() => kubectl.Ok("apply -f -", DeploymentAndService.Web));
        await kubectl.Ok("rollout status deployment/web");
    }

    public async Task DisposeAsync() => await Hosts.DisposeAsync();

    /// <summary>The management port of a host.</summary>
    public string ConsoleOf(string host) => Hosts.HostFile(host).GetProperty("console").GetString()!;

    /// <summary>Waits until all three hosts are members that reach each other and serve, and all singletons and kubelets run, each of them once.</summary>
    public Task AllUp() => Eventually.Holds(async () =>
    {
        var members = await Pbm.Rows("cluster show");
        members.Select(m => m[0]).ShouldBe(["h1", "h2", "h3"]);
        members.ShouldAllBe(m => m[2] == "Up" && m[3] == "yes");
        members.SelectMany(m => m[6].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Order().ShouldBe(["controllers", "nodes", "scheduler", "service-writer"]);
        (await Pbm.Rows("kube nodes")).Select(n => n[5]).ShouldAllBe(host => host == "h1" || host == "h2" || host == "h3");
        foreach (var host in (string[])["h1", "h2", "h3"]) await Hosts.Kubectl(host).Ok("get --raw /readyz");
    });

    /// <summary>Makes the cluster do something, and waits until it is done.</summary>
    public async Task DoesWhatItIsTold(string host, int replicas)
    {
        var kubectl = Hosts.Kubectl(host);
        await Eventually.Holds(() => kubectl.Ok($"scale deployment/web --replicas={replicas}"));
        await Eventually.Holds(() => kubectl.Ok("rollout status deployment/web --timeout=60s"));
    }

    /// <summary>Asks for more pods than there are and waits until one of them waits for a scheduler.</summary>
    public async Task DoesNotSchedule(string host, int replicas)
    {
        var kubectl = Hosts.Kubectl(host);
        await kubectl.Ok($"scale deployment/web --replicas={replicas}");
        await Eventually.Holds(async () => (await kubectl.Ok("get pods -l app=web --field-selector=spec.nodeName= -o name")).ShouldNotBeEmpty());
    }

    /// <summary>What the launcher and the hosts say of a host's end or new beginning.</summary>
    public Task Said(string what, int times = 1) => Eventually.Holds(() =>
    {
        Hosts.Errors.Split('\n').Count(line => line.Contains(what, StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(times, Hosts.Errors);
        return Task.CompletedTask;
    });

    /// <summary>The commands and the options of each, as the management port declares them.</summary>
    public async Task<IReadOnlyList<string>> Declared()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(Hosts.DataDirectory, "h1", "token"))).Trim());
        var commands = JsonDocument.Parse(await http.GetStringAsync(new Uri($"http://{ConsoleOf("h1")}/commands"))).RootElement;
        return [.. from command in commands.EnumerateArray()
                   let name = command.GetProperty("command").GetString()!
                   from form in command.GetProperty("options").EnumerateArray().Select(o => $"{name} {o.GetProperty("name").GetString()}").Prepend(name)
                   orderby form
                   select form];
    }
}

/// <summary>The tests that share the cluster.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleHosts>
{
    public const string Name = "Console of three hosts";
}

/// <summary>The commands, or a command with an option, whose effect on three hosts a test sees.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DrivesAttribute(params string[] commands) : Attribute
{
    public IReadOnlyList<string> Commands { get; } = commands;
}
