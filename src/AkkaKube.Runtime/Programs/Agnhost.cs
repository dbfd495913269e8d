using System.Globalization;
using System.Text;
using System.Text.Json;
using AkkaKube.Runtime.Http;

namespace AkkaKube.Runtime.Programs;

/// <summary>The test image of Kubernetes: of its many commands those that tests of services use.</summary>
internal static class Agnhost
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        // A Go program that nobody asked ends with code 2 when it is the first process and gets SIGTERM.
        Daemons.EndsOnTerm(process, 2);
        var command = arguments.Count > 1 ? arguments[1] : "";
        int Port(string name, int otherwise) => int.TryParse(Option(arguments, name), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : otherwise;
        switch (command)
        {
            case "pause":
                await process.PrintLine("Paused");
                Daemons.EndsOnTerm(process);
                await new Pending<bool>(process);
                return 0;
            case "netexec":
                var started = process.Kernel.Now;
                var delay = Option(arguments, "delay-shutdown") is { } text && double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
                if (delay > TimeSpan.Zero) process.SignalHandler = signal => DelayedExit(process, signal, delay);
                await process.Error($"{Daemons.Time(process)} Started HTTP server on port {Port("http-port", 8080)}");
                return await Serve(process, Port("http-port", 8080), (request, client) => NetExec(process, started, request, client));
            case "serve-hostname":
                await process.PrintLine($"Serving on port {Port("port", 9376)}.");
                return await Serve(process, Port("port", 9376), (_, _) => Routine.Of(HttpServer.Text(200, process.Container.Hostname)));
            case "test-webserver":
                return await Serve(process, Port("port", 80), (request, _) => Routine.Of(StaticFiles.Answer(process, "/", request, status => HttpServer.Text(status, $"{status} {HttpText.Reason(status)}\n"))));
            case "connect":
                return await Connect(process, arguments);
            case "dns-suffix":
                await process.Print(string.Join(',', ResolvConf.Parse(Encoding.UTF8.GetString(process.Files.Read(process, "/etc/resolv.conf").Span)).Search));
                return 0;
            case "etc-hosts":
                await process.Write(1, process.Files.Read(process, "/etc/hosts"));
                return 0;
            case "help" or "--help" or "":
                await process.PrintLine("Usage:\n  app [command]\n\nAvailable Commands:\n  connect\n  dns-suffix\n  etc-hosts\n  netexec\n  pause\n  serve-hostname\n  test-webserver");
                return 0;
            default:
                await process.Error($"Error: unknown command \"{command}\" for \"app\"");
                return 1;
        }
    }

    private static bool DelayedExit(Process process, Signal signal, TimeSpan delay)
    {
        if (signal is not Signal.Term) return false;
        process.Fork(async () =>
        {
            await process.Sleep(delay);
            process.Exit(0);
            return true;
        });
        return true;
    }

    private static string? Option(IReadOnlyList<string> arguments, string name) =>
        arguments.FirstOrDefault(a => a.StartsWith($"--{name}=", StringComparison.Ordinal))?.Split('=', 2)[1] ?? arguments.SkipWhile(a => a != "--" + name).Skip(1).FirstOrDefault();

    private static async Routine<int> Serve(Process process, int port, HttpHandler handler)
    {
        var error = await new HttpServer(process, handler) { CommonHeaders = () => [HttpText.Header("Date", HttpText.Date(process.Kernel.Now))] }.Serve(port);
        await process.Error($"listen tcp :{port}: bind: {OsException.TextOf(error).ToLowerInvariant()}");
        return 1;
    }

    private static async Routine<int> Connect(Process process, IReadOnlyList<string> arguments)
    {
        var target = arguments.Skip(2).FirstOrDefault(a => !a.StartsWith('-')) ?? "";
        var colon = target.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(target[(colon + 1)..], out var port)) return await process.Fail("agnhost", "connect: host:port expected", 1);
        var timeout = Applets.Sleep.DurationOf(Option(arguments, "timeout") ?? "") ?? TimeSpan.FromSeconds(30);
        var addresses = await NameLookup.Find(process, target[..colon]);
        if (addresses.Count == 0)
        {
            await process.Error($"DNS: lookup {target[..colon]}: no such host");
            return 1;
        }

        var (socket, error) = await process.Kernel.Network.Connect(process, addresses[0], port, timeout);
        if (socket is not null)
        {
            process.Close(socket);
            return 0;
        }

        await process.Error(error switch { Errno.TimedOut => "TIMEOUT", Errno.ConnectionRefused => "REFUSED", _ => $"OTHER: {OsException.TextOf(error)}" });
        return 1;
    }

    private static async Routine<HttpResponse> NetExec(Process process, DateTimeOffset started, HttpRequest request, SocketFile client)
    {
        switch (request.Path.ToLowerInvariant())
        {
            case "/":
                return HttpServer.Text(200, $"NOW: {process.Kernel.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)} +0000 UTC m=+{(process.Kernel.Now - started).TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture)}");
            case "/hostname":
                return HttpServer.Text(200, process.Container.Hostname);
            case "/clientip":
                return HttpServer.Text(200, client.Remote.ToString());
            case "/echo":
                var status = request.Query.TryGetValue("code", out var code) && int.TryParse(code, out var given) ? given : 200;
                return HttpServer.Text(status, request.Query.GetValueOrDefault("msg", ""));
            case "/header":
                return HttpServer.Text(200, request.Header(request.Query.GetValueOrDefault("key", "")) ?? "");
            case "/healthz":
                return HttpServer.Text(200, "");
            case "/redirect":
                return new HttpResponse(302, [HttpText.Header("Location", request.Query.GetValueOrDefault("location", "/"))], default);
            case "/exit":
                var exit = int.TryParse(request.Query.GetValueOrDefault("code", "0"), out var number) ? number : 0;
                if (Applets.Sleep.DurationOf(request.Query.GetValueOrDefault("wait", "0s")) is { } wait && wait > TimeSpan.Zero) await process.Sleep(wait);
                process.Exit(exit);
                return HttpServer.Text(200, "");
            case "/dial":
                return await Dial(process, request.Query);
            case "/shell":
                return await Shell(process, request.Query);
            default:
                return HttpServer.Text(404, "404 page not found\n");
        }
    }

    /// <summary>Asks another server, and says what it answered: how a test sees through the eyes of a pod.</summary>
    private static async Routine<HttpResponse> Dial(Process process, IReadOnlyDictionary<string, string> query)
    {
        if (!query.TryGetValue("host", out var host) || !int.TryParse(query.GetValueOrDefault("port", ""), out var port)) return HttpServer.Text(400, "host and port are required\n");
        var tries = int.TryParse(query.GetValueOrDefault("tries", "1"), out var given) ? Math.Clamp(given, 1, 1000) : 1;
        var (responses, errors) = (new List<string>(), new List<string>());
        for (var i = 0; i < tries; i++)
        {
            var request = HttpExchange.Get(host, port, "/" + query.GetValueOrDefault("request", "hostname"), "Go-http-client/1.1");
            var (response, failure, _) = await HttpExchange.Send(process, host, port, request, TimeSpan.FromSeconds(5));
            if (response is null) errors.Add(failure!.Message);
            else responses.Add(HttpExchange.TextOf(response));
        }

        return HttpServer.Text(200, Json(("responses", responses), ("errors", errors)));
    }

    private static async Routine<HttpResponse> Shell(Process process, IReadOnlyDictionary<string, string> query)
    {
        var command = query.GetValueOrDefault("cmd", query.GetValueOrDefault("shellCommand", ""));
        var output = new CollectingFile();
        var child = process.Spawn(Applets.ShellProgram.Run, ["sh", "-c", command], [new NullFile(), output.Share(), output.Share()]);
        var code = await child.Exited(process);
        var text = Encoding.UTF8.GetString(output.Collected.Span);
        return HttpServer.Text(200, code == 0 ? Json(("output", [text])) : Json(("output", [text]), ("error", [$"exit status {code}"])));
    }

    private static string Json(params (string Name, List<string> Values)[] members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in members)
            {
                if (values.Count == 0) continue;
                if (name is "output" or "error")
                {
                    writer.WriteString(name, values[0]);
                    continue;
                }

                writer.WriteStartArray(name);
                foreach (var value in values) writer.WriteStringValue(value);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
