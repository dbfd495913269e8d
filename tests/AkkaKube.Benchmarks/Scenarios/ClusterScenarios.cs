using System.Diagnostics;
using System.Text.Json;
using AkkaKube.Benchmarks.Clients;
using AkkaKube.Benchmarks.Report;

namespace AkkaKube.Benchmarks.Scenarios;

/// <summary>How long a cluster takes to start: until it says that it is ready, and until a first pod has a node.</summary>
public sealed class StartUp : IScenario
{
    public string Name => "start-up";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        List<double> three = [], thousand = [], firstPod = [];
        for (var run = 0; run < runs; run++)
        {
            await using (var host = await HostProcess.Start(3)) three.Add(host.UntilReady.TotalSeconds);
            await using (var host = await HostProcess.Start(1000)) thousand.Add(host.UntilReady.TotalSeconds);
            firstPod.Add(await FirstPod());
        }

        return
        [
            new Row("up, 3 nodes, exec to ready", "s", three, "1", ""),
            new Row("up, 1,000 nodes, exec to ready", "s", thousand, "3", ""),
            new Row("exec to first pod bound, empty cluster", "s", firstPod, "0.6", "4.5"),
        ];
    }

    private static async Task<double> FirstPod()
    {
        var elapsed = Stopwatch.StartNew();
        await using var host = await HostProcess.Start(1);
        await using var connection = await host.Connect();
        await Load.UntilPodsAreTaken(connection);
        await connection.Send(connection.Request("POST", "/api/v1/namespaces/default/pods", Bodies.Pod("first")));
        await using var watch = await host.Connect();
        await watch.ReadLines(watch.Request("GET", "/api/v1/namespaces/default/pods?watch=true&fieldSelector=spec.nodeName!%3D"), _ => true);
        return elapsed.Elapsed.TotalSeconds;
    }
}

/// <summary>A Deployment of 5,000 pods: from its POST until all pods are bound, and what the cluster weighs then.</summary>
public sealed class LargeDeployment : IScenario
{
    private const int Pods = 5000;

    public string Name => "deployment";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        List<double> wide = [], narrow = [], memory = [], atRest = [];
        for (var run = 0; run < runs; run++)
        {
            narrow.Add(await Roll(100, null));
            wide.Add(await Roll(1000, memory, atRest));
        }

        return
        [
            new Row("Deployment of 5,000 pods on 1,000 nodes, POST to all bound", "s", wide, "5", "70"),
            new Row("Deployment of 5,000 pods on 100 nodes, POST to all bound", "s", narrow, "4", "29"),
            new Row("memory, 1,000 nodes and 5,000 pods (RSS)", "MiB", memory, "300", "1,400"),
            new Row("the same, 15 s later", "MiB", atRest, "", ""),
        ];
    }

    private static async Task<double> Roll(int nodes, List<double>? memory = null, List<double>? atRest = null)
    {
        await using var host = await HostProcess.Start(nodes);
        await using var connection = await host.Connect();
        await Load.UntilPodsAreTaken(connection);
        await using var watch = await host.Connect();
        var bound = 0;
        var all = watch.ReadLines(watch.Request("GET", "/api/v1/namespaces/default/pods?watch=true&fieldSelector=spec.nodeName!%3D"), line => line.Span.StartsWith("{\"type\":\"ADDED\""u8) && ++bound == Pods);
        var elapsed = Stopwatch.StartNew();
        var (code, _) = await connection.Send(connection.Request("POST", "/apis/apps/v1/namespaces/default/deployments", Bodies.Deployment(Pods)));
        if (code != 201) throw new InvalidOperationException($"The deployment was answered with {code}.");
        await all;
        var seconds = elapsed.Elapsed.TotalSeconds;
        if (memory is not null)
        {
            await AllRunning(host);
            memory.Add(host.Rss());
            await Task.Delay(TimeSpan.FromSeconds(15));
            atRest?.Add(host.Rss());
        }

        return seconds;
    }

    private static async Task AllRunning(HostProcess host)
    {
        await using var watch = await host.Connect();
        await watch.ReadLines(
            watch.Request("GET", "/apis/apps/v1/namespaces/default/deployments?watch=true"),
            line => JsonDocument.Parse(line).RootElement.GetProperty("object").GetProperty("status") is var status && status.TryGetProperty("availableReplicas", out var available) && available.GetInt32() == Pods);
    }
}
