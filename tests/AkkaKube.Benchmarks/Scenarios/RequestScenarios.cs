using System.Diagnostics;
using AkkaKube.Benchmarks.Clients;
using AkkaKube.Benchmarks.Report;

namespace AkkaKube.Benchmarks.Scenarios;

/// <summary>Creates pods with 1, 16 and 64 keep-alive clients on a cluster without nodes.</summary>
public sealed class PostPods : IScenario
{
    private static readonly (int Clients, int Requests, string Target, string Reference)[] Loads = [(1, 4000, "1,000", "407"), (16, 20000, "5,000", "1,000"), (64, 20000, "8,000", "1,180")];

    public string Name => "post-pods";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        var values = Loads.Select(_ => new List<double>()).ToArray();
        for (var run = 0; run < runs; run++)
        {
            for (var l = 0; l < Loads.Length; l++)
            {
                await using var host = await HostProcess.Start(0);
                await using (var first = await host.Connect()) await Load.UntilPodsAreTaken(first);
                await Load.Rate(host, Loads[l].Clients, 2000, 201, (c, i) => c.Request("POST", "/api/v1/namespaces/default/pods", Bodies.Pod($"warm-{i}")));
                values[l].Add(await Load.Rate(host, Loads[l].Clients, Loads[l].Requests, 201, (c, i) => c.Request("POST", "/api/v1/namespaces/default/pods", Bodies.Pod($"p-{i}"))));
            }
        }

        return [.. Loads.Select((load, l) => new Row($"POST pods, {load.Clients} client(s)", "per s", values[l], load.Target, load.Reference))];
    }
}

/// <summary>Reads one pod with 16 clients.</summary>
public sealed class GetPod : IScenario
{
    public string Name => "get-pod";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        var values = new List<double>();
        await using var host = await HostProcess.Start(0);
        await using (var first = await host.Connect())
        {
            await Load.UntilPodsAreTaken(first);
            await first.Send(first.Request("POST", "/api/v1/namespaces/default/pods", Bodies.Pod("one")));
        }

        await Load.Rate(host, 16, 20000, 200, (c, _) => c.Request("GET", "/api/v1/namespaces/default/pods/one"));
        for (var run = 0; run < runs; run++) values.Add(await Load.Rate(host, 16, 60000, 200, (c, _) => c.Request("GET", "/api/v1/namespaces/default/pods/one")));
        return [new Row("GET one pod, 16 clients", "per s", values, "20,000", "4,400")];
    }
}

/// <summary>Lists 5,000 pods, then deletes them in one request.</summary>
public sealed class ListAndDelete : IScenario
{
    private const int Pods = 5000;

    public string Name => "list-delete";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        List<double> lists = [], sizes = [], deletes = [];
        for (var run = 0; run < runs; run++)
        {
            await using var host = await HostProcess.Start(0);
            await using var connection = await host.Connect();
            await Load.UntilPodsAreTaken(connection);
            await Load.Rate(host, 32, Pods, 201, (c, i) => c.Request("POST", "/api/v1/namespaces/default/pods", Bodies.Pod($"p-{i}")));
            var list = connection.Request("GET", "/api/v1/namespaces/default/pods");
            for (var i = 0; i < 7; i++)
            {
                var elapsed = Stopwatch.StartNew();
                var (_, length) = await connection.Send(list);
                if (i < 2) continue; // warm-up
                lists.Add(elapsed.Elapsed.TotalMilliseconds);
                sizes.Add(length / 1e6);
            }

            var deletion = Stopwatch.StartNew();
            var (code, _) = await connection.Send(connection.Request("DELETE", "/api/v1/namespaces/default/pods"));
            if (code != 200) throw new InvalidOperationException($"The delete was answered with {code}.");
            deletes.Add(deletion.Elapsed.TotalSeconds);
        }

        return
        [
            new Row("LIST 5,000 pods", "ms", lists, "30", "120"),
            new Row("LIST 5,000 pods, size", "MB", sizes, "", "11"),
            new Row("delete a collection of 5,000 unbound pods", "s", deletes, "2", "12"),
        ];
    }
}
