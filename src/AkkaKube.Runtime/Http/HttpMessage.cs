using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Http;

/// <summary>A request as it came over a socket.</summary>
internal sealed record HttpRequest(string Method, string Target, string Version, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The target without its query.</summary>
    public string Path => Uri.UnescapeDataString(Target.Split('?', 2)[0]);

    public IReadOnlyDictionary<string, string> Query => HttpText.Form(Target.Split('?', 2) is [_, var query] ? query : "");

    public string? Header(string name) => HttpText.Find(Headers, name);

    public bool KeepsAlive => Header("Connection") is { } connection
        ? connection.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || (Version == "HTTP/1.1" && !connection.Equals("close", StringComparison.OrdinalIgnoreCase))
        : Version == "HTTP/1.1";
}

/// <summary>A response to be sent or as it came.</summary>
internal sealed record HttpResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    public string? Header(string name) => HttpText.Find(Headers, name);
}

/// <summary>What HTTP/1.1 looks like on the wire.</summary>
internal static class HttpText
{
    public static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return header.Value;
        }

        return null;
    }

    public static IReadOnlyDictionary<string, string> Form(string query)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
        {
            form[Decode(pair[0])] = pair.Length > 1 ? Decode(pair[1]) : "";
        }

        return form;
    }

    public static string Reason(int status) => status switch
    {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Time-out",
        413 => "Request Entity Too Large",
        414 => "Request-URI Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Temporarily Unavailable",
        504 => "Gateway Time-out",
        _ => "Unknown",
    };

    /// <summary>The date as HTTP writes it.</summary>
    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);

    public static byte[] Serialize(HttpResponse response, string? reason, bool withBody)
    {
        var head = new StringBuilder(256).Append("HTTP/1.1 ").Append(response.Status).Append(' ').Append(reason ?? Reason(response.Status)).Append("\r\n");
        foreach (var (name, value) in response.Headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        head.Append("\r\n");
        var bytes = Encoding.UTF8.GetBytes(head.ToString());
        return withBody && response.Body.Length > 0 ? [.. bytes, .. response.Body.Span] : bytes;
    }

    public static byte[] Serialize(HttpRequest request)
    {
        var head = new StringBuilder(256).Append(request.Method).Append(' ').Append(request.Target).Append(' ').Append(request.Version).Append("\r\n");
        foreach (var (name, value) in request.Headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. request.Body.Span];
    }

    public static KeyValuePair<string, string> Header(string name, string value) => KeyValuePair.Create(name, value);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
