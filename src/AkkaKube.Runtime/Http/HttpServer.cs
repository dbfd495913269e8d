using System.Text;

namespace AkkaKube.Runtime.Http;

/// <summary>What a server says to a request.</summary>
internal delegate Routine<HttpResponse> HttpHandler(HttpRequest request, SocketFile client);

/// <summary>Serves HTTP/1.1 on a port: keep-alive, HEAD, and the responses of its handler.</summary>
internal sealed class HttpServer(Process process, HttpHandler handler)
{
    /// <summary>The headers of every response, e.g. the server's name.</summary>
    public Func<IEnumerable<KeyValuePair<string, string>>> CommonHeaders { get; init; } = () => [];

    /// <summary>Called after a response has been sent: the access log.</summary>
    public Func<HttpRequest, HttpResponse, SocketFile, Routine<bool>>? Log { get; init; }

    /// <summary>Listens and serves for ever; returns only if the port cannot be had.</summary>
    public async Routine<Errno> Serve(int port, bool loopbackOnly = false)
    {
        var (socket, error) = await process.Kernel.Network.Listen(process, port, loopbackOnly);
        if (socket is null) return error;
        process.Settle();
        while (true)
        {
            var client = await socket.Accept(process);
            process.Fork(() => Converse(client));
        }
    }

    private async Routine<bool> Converse(SocketFile client)
    {
        var connection = new HttpConnection(process, client);
        while (true)
        {
            var request = await connection.Request();
            if (request is null)
            {
                if (connection.IsMalformed) await Answer(new HttpRequest("GET", "/", "HTTP/1.0", [], default), Text(400, "Bad Request\n"), client, keepAlive: false);
                break;
            }

            await process.Spend();
            var response = await handler(request, client);
            if (!await Answer(request, response, client, request.KeepsAlive) || !request.KeepsAlive) break;
        }

        process.Close(client);
        return true;
    }

    /// <summary>A response of plain text.</summary>
    public static HttpResponse Text(int status, string text, string type = "text/plain; charset=utf-8") =>
        new(status, [HttpText.Header("Content-Type", type)], Encoding.UTF8.GetBytes(text));

    private async Routine<bool> Answer(HttpRequest request, HttpResponse response, SocketFile client, bool keepAlive)
    {
        var headers = new List<KeyValuePair<string, string>>(CommonHeaders());
        headers.AddRange(response.Headers);
        if (response.Header("Content-Length") is null && response.Status is not (204 or 304)) headers.Add(HttpText.Header("Content-Length", response.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (response.Header("Connection") is null) headers.Add(HttpText.Header("Connection", keepAlive ? "keep-alive" : "close"));
        var sent = await client.Write(process, HttpText.Serialize(response with { Headers = headers }, null, withBody: request.Method != "HEAD"));
        if (Log is not null) await Log(request, response, client);
        return sent;
    }
}
