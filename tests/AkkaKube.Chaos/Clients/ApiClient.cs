using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using AkkaKube.History;

namespace AkkaKube.Chaos.Clients;

/// <summary>The ConfigMaps of one namespace through one API server, as plain HTTPS. A <see cref="NoAnswerException"/> says that nothing is known of a request.</summary>
public sealed class ApiClient : IDisposable
{
    public const string Namespace = "chaos";

    private const string Path = $"/api/v1/namespaces/{Namespace}/configmaps";

    private readonly HttpClient _http;

    public ApiClient(Uri server, X509Certificate2 admin, TimeSpan patience)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 256, ConnectTimeout = TimeSpan.FromSeconds(2) };
        handler.SslOptions.ClientCertificates = [admin];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        Server = server;
        Patience = patience;
    }

    public Uri Server { get; }

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan Patience { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>Creates the namespace where it is missing.</summary>
    public async Task EnsureNamespace()
    {
        var (status, body) = await Send(HttpMethod.Post, "/api/v1/namespaces", new { apiVersion = "v1", kind = "Namespace", metadata = new { name = Namespace } });
        if (status is not (HttpStatusCode.Created or HttpStatusCode.Conflict)) throw new NoAnswerException($"{Server}: the namespace: {status} {Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Creates (<paramref name="expected"/> null) or updates one. Null: refused.</summary>
    public async Task<long?> Write(string key, string value, long? expected)
    {
        var version = expected?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (status, body) = await Send(expected is null ? HttpMethod.Post : HttpMethod.Put, expected is null ? Path : $"{Path}/{key}",
            new { apiVersion = "v1", kind = "ConfigMap", metadata = new { name = key, resourceVersion = version }, data = new { value } });
        return status switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK => HeldOf(JsonDocument.Parse(body).RootElement).Held.Revision,
            HttpStatusCode.Conflict => null,
            _ => throw Unclear(status, body),
        };
    }

    /// <summary>Null: not there.</summary>
    public async Task<Held?> Get(string key)
    {
        var (status, body) = await Send(HttpMethod.Get, $"{Path}/{key}", null);
        return status switch
        {
            HttpStatusCode.OK => HeldOf(JsonDocument.Parse(body).RootElement).Held,
            HttpStatusCode.NotFound => null,
            _ => throw Unclear(status, body),
        };
    }

    public async Task<(long Revision, ImmutableDictionary<string, Held> Items)> List()
    {
        var (status, body) = await Send(HttpMethod.Get, Path, null);
        if (status != HttpStatusCode.OK) throw Unclear(status, body);
        var list = JsonDocument.Parse(body).RootElement;
        var items = list.GetProperty("items").EnumerateArray().Select(HeldOf).Where(item => item.Held.Value.Length > 0).ToImmutableDictionary(item => item.Key, item => item.Held);
        return (Revision(list), items);
    }

    /// <summary>Creates any object.</summary>
    public async Task Send(string path, object body)
    {
        var (status, answer) = await Send(HttpMethod.Post, path, body);
        if (status != HttpStatusCode.Created) throw Unclear(status, answer);
    }

    /// <summary>Any object or list.</summary>
    public async Task<JsonElement> Read(string path)
    {
        var (status, body) = await Send(HttpMethod.Get, path, null);
        return status == HttpStatusCode.OK ? JsonDocument.Parse(body).RootElement : throw Unclear(status, body);
    }

    /// <summary>The events after a revision, until the server or the network ends it.</summary>
    public async IAsyncEnumerable<(string Type, string Key, Held Held)> Watch(long from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.GetAsync(new Uri($"{Path}?watch=true&allowWatchBookmarks=true&resourceVersion={from}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new NoAnswerException(failure.Message);
        }
        using (response)
        {
            if (response.StatusCode == HttpStatusCode.Gone) throw new GoneException();
            if (response.StatusCode != HttpStatusCode.OK) throw new NoAnswerException($"{Server}: watch: {response.StatusCode}");
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
            while (true)
            {
                string? line;
                try
                {
                    line = await reader.ReadLineAsync(stop);
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException)
                {
                    throw new NoAnswerException(failure.Message);
                }
                if (line is null) yield break;
                var change = JsonDocument.Parse(line).RootElement;
                var type = change.GetProperty("type").GetString()!;
                if (type == "ERROR")
                {
                    if (change.GetProperty("object").TryGetProperty("code", out var code) && code.GetInt32() == 410) throw new GoneException();
                    throw new NoAnswerException(line);
                }
                var (key, held) = HeldOf(change.GetProperty("object"));
                yield return (type, key, held);
            }
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> Send(HttpMethod method, string path, object? body)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new NoAnswerException($"{Server}: {failure.Message}");
        }
    }

    private NoAnswerException Unclear(HttpStatusCode status, byte[] body) => new($"{Server}: {(int)status} {Encoding.UTF8.GetString(body)}");

    private static long Revision(JsonElement item) => long.Parse(item.GetProperty("metadata").GetProperty("resourceVersion").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What others put there (the root certificate) has no value of ours.</summary>
    private static (string Key, Held Held) HeldOf(JsonElement item)
    {
        var name = item.GetProperty("metadata").TryGetProperty("name", out var n) ? n.GetString()! : "";
        var value = item.TryGetProperty("data", out var data) && data.TryGetProperty("value", out var v) ? v.GetString()! : "";
        return (name, new Held(Revision(item), value));
    }
}

/// <summary>Nothing is known of what became of a request.</summary>
public sealed class NoAnswerException(string message) : Exception(message);

/// <summary>410: the revision is forgotten.</summary>
public sealed class GoneException() : Exception("the revision is gone");
