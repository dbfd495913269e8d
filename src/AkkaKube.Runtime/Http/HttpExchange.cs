using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Http;

/// <summary>One request to a server, as wget, curl and proxies make it.</summary>
internal static class HttpExchange
{
    /// <summary>How it went wrong: the name, the connection, or the time.</summary>
    internal sealed record Failure(string Kind, string Message);

    /// <summary>Splits <c>http://host:port/path</c>; null if it is no such address.</summary>
    public static (string Host, int Port, string Target)? Parse(string url)
    {
        var rest = url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? url[7..] : url.Contains("://", StringComparison.Ordinal) ? null : url;
        if (rest is null) return null;
        var slash = rest.IndexOfAny(['/', '?']);
        var authority = slash < 0 ? rest : rest[..slash];
        var target = slash < 0 ? "/" : rest[slash..];
        if (target[0] == '?') target = "/" + target;
        if (authority.Contains('@', StringComparison.Ordinal)) authority = authority[(authority.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var (host, port) = (authority, "80");
        if (authority.StartsWith('[') && authority.IndexOf(']', StringComparison.Ordinal) is var close and > 0)
        {
            host = authority[1..close];
            if (close + 1 < authority.Length) port = authority[(close + 2)..];
        }
        else if (authority.LastIndexOf(':') is var colon and > 0)
        {
            (host, port) = (authority[..colon], authority[(colon + 1)..]);
        }

        return host.Length > 0 && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536 ? (host, number, target) : null;
    }

    public static async Routine<(HttpResponse? Response, Failure? Failure, string Address)> Send(
        Process process, string host, int port, HttpRequest request, TimeSpan? timeout)
    {
        var addresses = await NameLookup.Find(process, host);
        if (addresses.Count == 0) return (null, new Failure("name", host), "");
        var (socket, error) = await process.Kernel.Network.Connect(process, addresses[0], port, timeout);
        if (socket is null) return (null, new Failure("connect", OsException.TextOf(error)), addresses[0]);
        var connection = new HttpConnection(process, socket) { ReadTimeout = timeout };
        await socket.Write(process, HttpText.Serialize(request));
        var response = await connection.Response(request.Method == "HEAD");
        process.Close(socket);
        if (response is not null) return (response, null, addresses[0]);
        return (null, connection.HasTimedOut ? new Failure("timeout", "download timed out") : new Failure("empty", "error getting response"), addresses[0]);
    }

    public static HttpRequest Get(string host, int port, string target, string agent, string method = "GET", IEnumerable<KeyValuePair<string, string>>? headers = null, ReadOnlyMemory<byte> body = default) => new(
        method,
        target,
        "HTTP/1.1",
        [
            HttpText.Header("Host", port == 80 ? host : $"{host}:{port}"),
            HttpText.Header("User-Agent", agent),
            .. headers ?? [],
            .. body.IsEmpty ? (KeyValuePair<string, string>[])[] : [HttpText.Header("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture))],
            HttpText.Header("Connection", "close"),
        ],
        body);

    public static string StatusLine(HttpResponse response) => $"HTTP/1.1 {response.Status} {HttpText.Reason(response.Status)}";

    public static string TextOf(HttpResponse response) => Encoding.UTF8.GetString(response.Body.Span);
}
