using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Pbm;

/// <summary>Speaks to management ports: to the first host that answers, and stays with it as long as it does.</summary>
internal sealed class PbmClient : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = ConnectLimit, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Func<IReadOnlyList<HostTarget>> _find;

    /// <summary>A client of the hosts that <paramref name="find"/> names when asked: hosts come and go.</summary>
    public PbmClient(Func<IReadOnlyList<HostTarget>> find) => _find = find;

    /// <summary>The host that answered last.</summary>
    public HostTarget? Current { get; private set; }

    public void Dispose() => _http.Dispose();

    /// <summary>All hosts there are, the one that answered last first.</summary>
    public IReadOnlyList<HostTarget> Targets()
    {
        var all = _find();
        return Current is { } current && all.Any(t => t.Name == current.Name) ? [.. all.Where(t => t.Name == current.Name), .. all.Where(t => t.Name != current.Name)] : all;
    }

    /// <summary>Runs a command on the first host that answers.</summary>
    /// <exception cref="UnreachableException">None does.</exception>
    public async IAsyncEnumerable<Document> Run(IReadOnlyList<string> words, [EnumeratorCancellation] CancellationToken stop)
    {
        using var reply = await First(target => Send(target, HttpMethod.Post, "/run", JsonContent.Create(words), stop), stop).ConfigureAwait(false);
        await foreach (var document in Read(reply, stop).ConfigureAwait(false)) yield return document;
    }

    /// <summary>Runs a command on one host.</summary>
    /// <exception cref="UnreachableException">It does not answer.</exception>
    public async IAsyncEnumerable<Document> RunOn(HostTarget target, IReadOnlyList<string> words, [EnumeratorCancellation] CancellationToken stop)
    {
        using var reply = await Try(target, () => Send(target, HttpMethod.Post, "/run", JsonContent.Create(words), stop), stop).ConfigureAwait(false);
        await foreach (var document in Read(reply, stop).ConfigureAwait(false)) yield return document;
    }

    /// <summary>What a host says at a path.</summary>
    /// <exception cref="UnreachableException">None answers.</exception>
    public async Task<byte[]> Get(string path, CancellationToken stop)
    {
        using var reply = await First(target => Send(target, HttpMethod.Get, path, null, stop), stop).ConfigureAwait(false);
        return await reply.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> First(Func<HostTarget, Task<HttpResponseMessage>> ask, CancellationToken stop)
    {
        var problems = new List<string>();
        foreach (var target in Targets())
        {
            try
            {
                var reply = await Try(target, () => ask(target), stop).ConfigureAwait(false);
                Current = target;
                return reply;
            }
            catch (UnreachableException problem)
            {
                problems.Add(problem.Message);
            }
        }

        throw new UnreachableException(problems.Count > 0 ? string.Join("; ", problems) : "no host is known");
    }

    private static async Task<HttpResponseMessage> Try(HostTarget target, Func<Task<HttpResponseMessage>> ask, CancellationToken stop)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new UnreachableException($"{target.Name} at {target.Address}: {problem.Message}");
        }
    }

    private async Task<HttpResponseMessage> Send(HostTarget target, HttpMethod method, string path, HttpContent? content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{target.Address}{path}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", target.Token);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<Document> Read(HttpResponseMessage reply, [EnumeratorCancellation] CancellationToken stop)
    {
        if (reply.Content.Headers.ContentType?.MediaType != "application/x-ndjson")
        {
            yield return Parse(await reply.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false));
            yield break;
        }

        using var lines = new StreamReader(await reply.Content.ReadAsStreamAsync(stop).ConfigureAwait(false), Encoding.UTF8);
        while (true)
        {
            string? line;
            try
            {
                line = await lines.ReadLineAsync(stop).ConfigureAwait(false);
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException)
            {
                throw new UnreachableException($"the host went away: {cut.Message}");
            }

            if (line is null) yield break;
            yield return Parse(Encoding.UTF8.GetBytes(line));
        }
    }

    private static Document Parse(byte[] bytes)
    {
        try
        {
            return DocumentJson.Read(bytes);
        }
        catch (FormatException)
        {
            throw new UnreachableException("what answers there is no management port of AkkaKube");
        }
    }
}

/// <summary>No host answers.</summary>
internal sealed class UnreachableException(string message) : Exception(message);
