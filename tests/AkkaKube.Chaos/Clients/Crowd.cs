using System.Collections.Immutable;
using AkkaKube.History;

namespace AkkaKube.Chaos.Clients;

/// <summary>
/// Many clients of several API servers at once: they create and update keys on condition of their revisions, get them, list them and watch them,
/// each through another server when its own does not answer, and record what they see.
/// </summary>
public sealed class Crowd(IReadOnlyList<ApiClient> servers, Recorder recorder, int seed, int keys)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What a client was told instead of an answer, and how often.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, int> Refusals { get; } = new();

    /// <summary>Lets so many clients of each kind work until <paramref name="stop"/>; the watches end when they have seen everything.</summary>
    public async Task Work(int writers, int readers, int listers, int watchers, CancellationToken stop)
    {
        var first = await Retry(0, server => server.List(), CancellationToken.None);
        using var drained = new CancellationTokenSource();
        var watching = Enumerable.Range(0, watchers).Select(i => Task.Run(() => Watch(i, first.Revision, drained.Token), CancellationToken.None)).ToList();
        var working = Enumerable.Range(0, writers).Select(i => Task.Run(() => Write(i, stop), CancellationToken.None))
            .Concat(Enumerable.Range(0, readers).Select(i => Task.Run(() => Read(i, stop), CancellationToken.None)))
            .Concat(Enumerable.Range(0, listers).Select(i => Task.Run(() => List(i, stop), CancellationToken.None)));
        await Task.WhenAll(working);

        // What everything has come to, through every server; then the watches have as long as it takes to see it.
        var last = 0L;
        for (var i = 0; i < servers.Count; i++)
        {
            var server = servers[i];
            var (invoked, list) = await Eventually(() => server.List());
            recorder.Add(new Listing(invoked, Recorder.Now, list.Revision, list.Items));
            last = Math.Max(last, list.Items.Values.Select(held => held.Revision).Append(0).Max());
        }
        _last.TrySetResult(last);
        await _settled.CancelAsync();
        var late = Task.Delay(TimeSpan.FromSeconds(60), CancellationToken.None);
        await Task.WhenAny(Task.WhenAll(watching), late);
        await drained.CancelAsync();
        await Task.WhenAll(watching);
    }

    private readonly TaskCompletionSource<long> _last = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _settled = new();

    private async Task Write(int client, CancellationToken stop)
    {
        var random = new Random(HashCode.Combine(seed, client, 1));
        var at = client;
        while (!stop.IsCancellationRequested)
        {
            // Half of the keys are fought for, the others are a client's own.
            var key = random.Next(2) == 0 ? $"shared-{random.Next(keys)}" : $"own-{client}-{random.Next(Math.Max(1, keys / 8))}";
            var server = servers[at % servers.Count];
            try
            {
                var invoked = Recorder.Now;
                var found = await server.Get(key);
                recorder.Add(new Get(invoked, Recorder.Now, key, found));
                var value = recorder.NextValue();
                invoked = Recorder.Now;
                try
                {
                    var revision = await server.Write(key, value, found?.Revision);
                    recorder.Add(new Write(invoked, Recorder.Now, key, value, found?.Revision, revision is null ? Outcome.Refused : Outcome.Acknowledged, revision ?? 0));
                }
                catch (NoAnswerException)
                {
                    recorder.Add(new Write(invoked, long.MaxValue, key, value, found?.Revision, Outcome.Unknown, 0));
                    throw;
                }
            }
            catch (NoAnswerException failure)
            {
                Count(failure);
                at++;
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private async Task Read(int client, CancellationToken stop)
    {
        var random = new Random(HashCode.Combine(seed, client, 2));
        var at = client;
        while (!stop.IsCancellationRequested)
        {
            var key = $"shared-{random.Next(keys)}";
            try
            {
                var invoked = Recorder.Now;
                var found = await servers[at++ % servers.Count].Get(key);
                recorder.Add(new Get(invoked, Recorder.Now, key, found));
            }
            catch (NoAnswerException failure)
            {
                Count(failure);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private async Task List(int client, CancellationToken stop)
    {
        var at = client;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var invoked = Recorder.Now;
                var (revision, items) = await servers[at++ % servers.Count].List();
                recorder.Add(new Listing(invoked, Recorder.Now, revision, items));
                await Task.Delay(Pause, CancellationToken.None);
            }
            catch (NoAnswerException failure)
            {
                Count(failure);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    /// <summary>One watch that goes on, through whichever server answers, from the last revision that it saw.</summary>
    private async Task Watch(int client, long from, CancellationToken stop)
    {
        var events = ImmutableArray.CreateBuilder<Seen>();
        var (start, last, reached, at) = (from, from, from, client);
        while (!stop.IsCancellationRequested && !(_last.Task.IsCompletedSuccessfully && reached >= _last.Task.Result))
        {
            try
            {
                // When nothing more will happen, a silent watch looks whether it has seen all, once.
                using var step = CancellationTokenSource.CreateLinkedTokenSource(stop, _settled.IsCancellationRequested ? CancellationToken.None : _settled.Token);
                await foreach (var (type, key, held) in servers[at % servers.Count].Watch(last, step.Token))
                {
                    last = Math.Max(last, held.Revision);
                    reached = Math.Max(reached, held.Revision);
                    if (type != "BOOKMARK" && held.Value.Length > 0) events.Add(new Seen(Recorder.Now, key, held, type == "ADDED"));
                    if (_last.Task.IsCompletedSuccessfully && reached >= _last.Task.Result) break;
                }
            }
            catch (GoneException)
            {
                // Too far behind: this watch ends here and another one starts from a list.
                recorder.Add(new Watching($"watcher-{client}", start, reached, events.ToImmutable()));
                events.Clear();
                var list = await Retry(at, server => server.List(), stop);
                start = last = reached = list.Revision;
            }
            catch (Exception failure) when (failure is NoAnswerException or OperationCanceledException)
            {
                Count(failure);
                await Task.Delay(Pause, CancellationToken.None);
            }
            at++;
        }
        var until = _last.Task.IsCompletedSuccessfully ? Math.Max(reached, _last.Task.Result) : reached;
        recorder.Add(new Watching($"watcher-{client}", start, until, events.ToImmutable()));
    }

    private async Task<T> Retry<T>(int at, Func<ApiClient, Task<T>> ask, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return await ask(servers[at++ % servers.Count]);
            }
            catch (NoAnswerException failure)
            {
                Count(failure);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private async Task<(long Invoked, T Answer)> Eventually<T>(Func<Task<T>> ask)
    {
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var invoked = Recorder.Now;
                return (invoked, await ask());
            }
            catch (NoAnswerException) when (limit.Elapsed < TimeSpan.FromSeconds(120))
            {
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private void Count(Exception failure)
    {
        var text = failure.Message.Length > 160 ? failure.Message[..160] : failure.Message;
        Refusals.AddOrUpdate(text, 1, (_, n) => n + 1);
    }
}
