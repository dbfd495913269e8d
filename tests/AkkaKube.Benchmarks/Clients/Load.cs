using System.Diagnostics;

namespace AkkaKube.Benchmarks.Clients;

/// <summary>Many clients that each send one request after another.</summary>
public static class Load
{
    /// <summary>Requests per second of <paramref name="clients"/> connections that share <paramref name="requests"/> requests; any other code than the expected one fails the run.</summary>
    public static async Task<double> Rate(HostProcess host, int clients, int requests, int expected, Func<HttpsConnection, int, byte[]> request)
    {
        var connections = new List<HttpsConnection>();
        for (var i = 0; i < clients; i++) connections.Add(await host.Connect());
        var next = -1;
        var elapsed = Stopwatch.StartNew();
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < requests;)
            {
                var (code, _) = await connection.Send(request(connection, i));
                if (code != expected) throw new InvalidOperationException($"Request {i} was answered with {code} instead of {expected}.");
            }
        })));
        var rate = requests / elapsed.Elapsed.TotalSeconds;
        foreach (var connection in connections) await connection.DisposeAsync();
        return rate;
    }

    /// <summary>Waits until the default namespace takes pods.</summary>
    public static async Task UntilPodsAreTaken(HttpsConnection connection)
    {
        var request = connection.Request("GET", "/api/v1/namespaces/default/serviceaccounts/default");
        while ((await connection.Send(request)).Code != 200) await Task.Delay(5);
    }
}
