using System.Diagnostics;
using System.Text;
using AkkaKube.Benchmarks.Clients;
using AkkaKube.Benchmarks.Report;

namespace AkkaKube.Benchmarks.Scenarios;

/// <summary>The hosts share a file of SQLite.</summary>
public sealed class HostsOnSqlite() : HostThroughput("hosts", "SQLite", postgres: false);

/// <summary>The hosts share a PostgreSQL of their own.</summary>
public sealed class HostsOnPostgres() : HostThroughput("hosts-postgres", "PostgreSQL", postgres: true);

/// <summary>What one, two and three hosts carry on one machine: writes through all their API servers, and the pods of a Deployment.</summary>
public abstract class HostThroughput(string name, string database, bool postgres) : IScenario
{
    private const int Clients = 16;
    private const int Writes = 12_000;
    private const int Pods = 1000;

    public string Name => name;

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        var rows = new List<Row>();
        for (var hosts = 1; hosts <= 3; hosts++)
        {
            List<double> ready = [], writes = [], pods = [];
            for (var run = 0; run < runs; run++)
            {
                await using var cluster = await RunningHosts.Start(hosts, 300, postgres);
                ready.Add(cluster.UntilReady.TotalSeconds);
                writes.Add(await WriteRate(cluster));
                pods.Add(await PodRate(cluster));
            }

            var text = (hosts == 1 ? "1 host" : $"{hosts} hosts") + " on " + database;
            rows.Add(new Row($"cluster, {text}, 300 nodes, exec to ready", "s", ready, "", ""));
            rows.Add(new Row($"POST ConfigMaps, {Clients} clients, {text}", "per s", writes, "", ""));
            rows.Add(new Row($"Deployment of 1,000 pods on 300 nodes, {text}, POST to all bound", "pods/s", pods, "", ""));
        }

        return rows;
    }

    private static async Task<double> WriteRate(RunningHosts cluster)
    {
        var hosts = cluster.Hosts.ToList();
        var connections = new List<HttpsConnection>();
        for (var i = 0; i < Clients; i++) connections.Add(await cluster.Connect(hosts[i % hosts.Count]));
        var next = -1;
        var elapsed = Stopwatch.StartNew();
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Writes;)
            {
                var body = Encoding.UTF8.GetBytes($$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"cm-{{{i}}}"},"data":{"value":"{{{i}}}"}}""");
                var (code, _) = await connection.Send(connection.Request("POST", "/api/v1/namespaces/default/configmaps", body));
                if (code != 201) throw new InvalidOperationException($"Write {i} was answered with {code}.");
            }
        })));
        var rate = Writes / elapsed.Elapsed.TotalSeconds;
        foreach (var connection in connections) await connection.DisposeAsync();
        return rate;
    }

    private static async Task<double> PodRate(RunningHosts cluster)
    {
        await using var connection = await cluster.Connect(1);
        await Load.UntilPodsAreTaken(connection);
        await using var watch = await cluster.Connect(cluster.Hosts.Last());
        var bound = 0;
        var all = watch.ReadLines(watch.Request("GET", "/api/v1/namespaces/default/pods?watch=true&fieldSelector=spec.nodeName!%3D"), line => line.Span.StartsWith("{\"type\":\"ADDED\""u8) && ++bound == Pods);
        var elapsed = Stopwatch.StartNew();
        var (code, _) = await connection.Send(connection.Request("POST", "/apis/apps/v1/namespaces/default/deployments", Bodies.Deployment(Pods)));
        if (code != 201) throw new InvalidOperationException($"The deployment was answered with {code}.");
        await all;
        return Pods / elapsed.Elapsed.TotalSeconds;
    }
}

/// <summary>How long a host's death is felt: from <c>kill -9</c> until every kind can be listed as it is, and written, through the others.</summary>
public sealed class FailOver : IScenario
{
    private static readonly string[] Resources =
    [
        "/api/v1/namespaces", "/api/v1/nodes", "/api/v1/pods", "/api/v1/services", "/api/v1/endpoints", "/api/v1/configmaps", "/api/v1/secrets",
        "/api/v1/serviceaccounts", "/api/v1/events", "/apis/apps/v1/deployments", "/apis/apps/v1/replicasets",
        "/apis/discovery.k8s.io/v1/endpointslices", "/apis/coordination.k8s.io/v1/leases",
    ];

    public string Name => "fail-over";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        var seconds = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            await using var cluster = await RunningHosts.Start(3, 30);
            cluster.Kill(2);
            var elapsed = Stopwatch.StartNew();
            await Task.WhenAll(new[] { 1, 3 }.SelectMany(host => Resources.Select(resource => UntilListed(cluster, host, resource))));
            seconds.Add(elapsed.Elapsed.TotalSeconds);
        }

        return [new Row("kill -9 of one of 3 hosts until the others serve everything", "s", seconds, "10", "")];
    }

    private static async Task UntilListed(RunningHosts cluster, int host, string resource)
    {
        await using var connection = await cluster.Connect(host);
        var request = connection.Request("GET", resource + "?limit=1");
        while ((await connection.Send(request)).Code != 200) await Task.Delay(20);
    }
}

/// <summary>What hosts and nodes weigh when nothing happens, and ten thousand nodes on three hosts.</summary>
public sealed class IdleHosts : IScenario
{
    private const int Few = 3;
    private const int Many = 10_000;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    public string Name => "idle";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        List<double> memory = [], processor = [], ready = [], all = [], perNode = [], perNodeProcessor = [];
        for (var run = 0; run < runs; run++)
        {
            double few, fewProcessor;
            await using (var cluster = await RunningHosts.Start(3, Few))
            {
                (few, fewProcessor) = await Weigh(cluster);
                memory.Add(few / 3);
                processor.Add(fewProcessor / 3);
            }

            await using (var cluster = await RunningHosts.Start(3, Many))
            {
                ready.Add(cluster.UntilReady.TotalSeconds);
                var (many, manyProcessor) = await Weigh(cluster);
                all.Add(many);
                perNode.Add((many - few) * 1024 / (Many - Few));
                perNodeProcessor.Add((manyProcessor - fewProcessor) * 10_000 / (Many - Few));
            }
        }

        return
        [
            new Row("idle host of 3 (RSS)", "MiB", memory, "", ""),
            new Row("idle host of 3, of one processor", "%", processor, "", ""),
            new Row("10,000 nodes on 3 hosts, exec to ready", "s", ready, "", ""),
            new Row("10,000 nodes on 3 hosts, all together (RSS)", "MiB", all, "", ""),
            new Row("idle node", "KiB", perNode, "", ""),
            new Row("10,000 idle nodes, of one processor", "%", perNodeProcessor, "", ""),
        ];
    }

    /// <summary>MiB of all hosts, and how many hundredths of a processor they use together.</summary>
    private static async Task<(double Memory, double Processor)> Weigh(RunningHosts cluster)
    {
        await Task.Delay(Watched);
        var before = cluster.Hosts.Sum(host => cluster.ProcessorTime(host).TotalSeconds);
        await Task.Delay(Watched);
        var used = cluster.Hosts.Sum(host => cluster.ProcessorTime(host).TotalSeconds) - before;
        return (cluster.Hosts.Sum(cluster.Rss), used * 100 / Watched.TotalSeconds);
    }
}
