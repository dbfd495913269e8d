using System.Diagnostics;
using System.Text.Json;
using AkkaKube.Chaos.Clients;

namespace AkkaKube.Chaos.Runs;

/// <summary>A Deployment that must be whole in the end, whatever happened.</summary>
public sealed class Declared(IReadOnlyList<ApiClient> servers, IReadOnlyList<Kubectl> kubectls, int pods, int nodes)
{
    private const string Deployments = $"/apis/apps/v1/namespaces/{ApiClient.Namespace}/deployments";
    private const string Pods = $"/api/v1/namespaces/{ApiClient.Namespace}/pods";

    /// <summary>Declares it and waits until it is whole.</summary>
    public async Task Declare(TimeSpan limit)
    {
        await servers[0].Send(Deployments, new
        {
            apiVersion = "apps/v1",
            kind = "Deployment",
            metadata = new { name = "web" },
            spec = new
            {
                replicas = pods,
                selector = new { matchLabels = new { app = "web" } },
                template = new
                {
                    metadata = new { labels = new { app = "web" } },
                    spec = new { terminationGracePeriodSeconds = 0, containers = new[] { new { name = "web", image = "nginx" } } },
                },
            },
        });
        var problems = await Differences(limit);
        if (problems.Count > 0) throw new NoAnswerException("the Deployment never became whole: " + string.Join("; ", problems));
    }

    /// <summary>What is not as declared, after at most so long, through every server; nothing when all is well.</summary>
    public async Task<IReadOnlyList<string>> Differences(TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var found = new List<string>();
            foreach (var server in servers)
            {
                try
                {
                    found.AddRange(await Differences(server));
                }
                catch (NoAnswerException failure)
                {
                    found.Add(failure.Message);
                }
            }
            if (found.Count == 0 || waited.Elapsed > limit) return found;
            await Task.Delay(500);
        }
    }

    /// <summary>What kubectl shows, at every server, that is not as declared, after at most so long.</summary>
    public async Task<IReadOnlyList<string>> ShownDifferences(TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var found = await Task.WhenAll(kubectls.Select(Shown));
            if (found.All(f => f is null) || waited.Elapsed > limit) return [.. found.OfType<string>()];
            await Task.Delay(500);
        }
    }

    private async Task<string?> Shown(Kubectl kubectl)
    {
        try
        {
            var ready = await kubectl.Run("get", "deployment", "web", "-o", "jsonpath={.status.readyReplicas}");
            var running = Rows(await kubectl.Run("get", "pods", "-l", "app=web", "--no-headers"), row => row is [_, "1/1", "Running", ..]);
            var nodesReady = Rows(await kubectl.Run("get", "nodes", "--no-headers"), row => row is [_, "Ready", ..]);
            return ready == $"{pods}" && running == pods && nodesReady == nodes
                ? null
                : $"kubectl at {kubectl.Host} shows {ready} ready replicas and {running} running pods of {pods}, {nodesReady} ready nodes of {nodes}";
        }
        catch (NoAnswerException failure)
        {
            return failure.Message;
        }
    }

    private static int Rows(string table, Func<string[], bool> counts) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => counts(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private async Task<IReadOnlyList<string>> Differences(ApiClient server)
    {
        var found = new List<string>();
        var deployment = await server.Read($"{Deployments}/web");
        var ready = deployment.GetProperty("status").TryGetProperty("readyReplicas", out var r) ? r.GetInt32() : 0;
        if (ready != pods) found.Add($"{server.Server}: {ready} of {pods} replicas are ready");
        var list = (await server.Read(Pods)).GetProperty("items").EnumerateArray().ToList();
        if (list.Count != pods) found.Add($"{server.Server}: {list.Count} pods instead of {pods}");
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pod in list)
        {
            var name = pod.GetProperty("metadata").GetProperty("name").GetString();
            var phase = pod.GetProperty("status").GetProperty("phase").GetString();
            if (phase != "Running") found.Add($"{server.Server}: pod {name} is {phase}");
            else if (!addresses.Add(pod.GetProperty("status").GetProperty("podIP").GetString()!)) found.Add($"{server.Server}: pod {name} shares its address");
        }
        foreach (var node in (await server.Read("/api/v1/nodes")).GetProperty("items").EnumerateArray())
        {
            var condition = node.GetProperty("status").GetProperty("conditions").EnumerateArray().FirstOrDefault(c => c.GetProperty("type").GetString() == "Ready");
            if (condition.ValueKind == JsonValueKind.Undefined || condition.GetProperty("status").GetString() != "True") found.Add($"{server.Server}: node {node.GetProperty("metadata").GetProperty("name").GetString()} is not ready");
        }
        return found.Count > 5 ? [.. found.Take(5), $"... and {found.Count - 5} more"] : found;
    }
}
