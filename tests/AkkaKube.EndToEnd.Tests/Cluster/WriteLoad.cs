using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Cluster;

/// <summary>
/// A few clients that create objects, one after the other, as client libraries do it: a server that is gone or says 'later' is followed by the next one.
/// A write that does not succeed within <see cref="Patience"/>, or is refused for any other reason, is a failure.
/// </summary>
public sealed class WriteLoad : IAsyncDisposable
{
    private const int Clients = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, string> _acknowledged = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _clients;
    private long _longest;

    public WriteLoad(RunningHosts hosts, params string[] servers) =>
        _clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => Write(hosts, client, servers)))];

    public int Acknowledged => _acknowledged.Count;

    public TimeSpan LongestWait => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    public async Task UntilAcknowledged(int count) => await Eventually.Holds(() =>
    {
        foreach (var client in _clients) if (client.IsFaulted) client.GetAwaiter().GetResult();
        Acknowledged.ShouldBeGreaterThanOrEqualTo(count);
        return Task.CompletedTask;
    });

    /// <summary>Ends the clients; fails where one of them has failed.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    /// <summary>Every write that was acknowledged is there, as it was acknowledged.</summary>
    public async Task AllAreAt(Kubectl kubectl)
    {
        var there = (await kubectl.Json("get configmaps -l load=yes")).GetProperty("items").EnumerateArray()
            .ToDictionary(item => item.GetProperty("metadata").GetProperty("name").GetString()!, item => item.GetProperty("metadata").GetProperty("resourceVersion").GetString()!);
        foreach (var (name, version) in _acknowledged)
        {
            there.ShouldContainKey(name);
            there[name].ShouldBe(version);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients.Select(client => client.ContinueWith(_ => { }, TaskScheduler.Default)));
        _stop.Dispose();
    }

    private async Task Write(RunningHosts hosts, int client, string[] servers)
    {
        var clients = servers.Select(hosts.Client).ToArray();
        var turn = client;
        for (var n = 0; !_stop.IsCancellationRequested; n++)
        {
            var name = $"load-{client}-{n}";
            var waited = Stopwatch.StartNew();
            while (await Try(clients[turn % clients.Length], name) is { } failure)
            {
                if (waited.Elapsed > Patience) throw new InvalidOperationException($"{name} could not be written for {waited.Elapsed}: {failure}");
                turn++;
                await Task.Delay(50);
            }

            InterlockedMax(waited.Elapsed.Ticks);
            await Task.Delay(20);
        }

        foreach (var one in clients) one.Dispose();
    }

    /// <summary>Null when it is written; else why the client tries again.</summary>
    private async Task<string?> Try(HttpClient server, string name)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            using var reply = await server.PostAsJsonAsync("/api/v1/namespaces/default/configmaps", new { apiVersion = "v1", kind = "ConfigMap", metadata = new { name, labels = new { load = "yes" } } }, limit.Token);
            var body = await reply.Content.ReadFromJsonAsync<JsonElement>(limit.Token);
            switch (reply.StatusCode)
            {
                case HttpStatusCode.Created:
                    _acknowledged[name] = body.GetProperty("metadata").GetProperty("resourceVersion").GetString()!;
                    return null;
                // An earlier try had come through, and its answer was lost.
                case HttpStatusCode.Conflict:
                    using (var found = await server.GetAsync(new Uri($"/api/v1/namespaces/default/configmaps/{name}", UriKind.Relative), limit.Token))
                    {
                        if (!found.IsSuccessStatusCode) return found.StatusCode.ToString();
                        _acknowledged[name] = (await found.Content.ReadFromJsonAsync<JsonElement>(limit.Token)).GetProperty("metadata").GetProperty("resourceVersion").GetString()!;
                        return null;
                    }
                case HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError:
                    return $"{(int)reply.StatusCode} {body}";
                default:
                    throw new InvalidOperationException($"{name}: {(int)reply.StatusCode} {body}");
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return failure.Message;
        }
    }

    private void InterlockedMax(long ticks)
    {
        long seen;
        while (ticks > (seen = Interlocked.Read(ref _longest)) && Interlocked.CompareExchange(ref _longest, ticks, seen) != seen) { }
    }
}
