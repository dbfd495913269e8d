using System.Globalization;
using System.Text;
using AkkaKube.Runtime.Http;

namespace AkkaKube.Runtime.Programs;

/// <summary>Programs that run until they are stopped.</summary>
internal static class Daemons
{
    /// <summary>The end of a program by SIGTERM or SIGINT, with the exit code of one that ends in order.</summary>
    public static void EndsOnTerm(Process process, int exitCode = 0, Signal stop = Signal.Term) => process.SignalHandler = signal =>
    {
        if (signal is not (Signal.Term or Signal.Int or Signal.Quit) && signal != stop) return false;
        process.Exit(exitCode);
        return true;
    };

    /// <summary>What stands for the program of an image that nothing is known of: it runs until it is stopped.</summary>
    public static async Routine<int> Anything(Process process, IReadOnlyList<string> arguments)
    {
        EndsOnTerm(process);
        process.Settle();
        await new Pending<bool>(process);
        return 0;
    }

    /// <summary>A server whose protocol is not spoken: it takes connections, and holds them until they are closed.</summary>
    public static Program Listening(int port) => async (process, arguments) =>
    {
        EndsOnTerm(process);
        var (socket, error) = await process.Kernel.Network.Listen(process, port);
        if (socket is null) return await process.Fail(arguments[0], OsException.TextOf(error));
        while (true)
        {
            var client = await socket.Accept(process);
            process.Fork(async () =>
            {
                while (await client.Read(process, 64 * 1024) is { IsEmpty: false })
                {
                }

                process.Close(client);
                return true;
            });
        }
    };

    /// <summary>hello-world</summary>
    public static async Routine<int> HelloWorld(Process process, IReadOnlyList<string> arguments)
    {
        await process.Print("\nHello from Docker!\nThis message shows that an image was pulled and that a container of it ran, on an emulated runtime.\n\n");
        return 0;
    }

    /// <summary>stress: takes as much memory as it is told; more than the container may have ends it.</summary>
    public static async Routine<int> Stress(Process process, IReadOnlyList<string> arguments)
    {
        EndsOnTerm(process);
        long Value(string name) => arguments.SkipWhile(a => a != name).Skip(1).FirstOrDefault() is { } text ? Applets.Head.SizeOf(text.Replace('G', 'M')) is { } size ? size * (text.EndsWith('G') ? 1024 : 1) : 0 : 0;
        var (workers, bytes) = (Value("--vm"), Value("--vm-bytes"));
        await process.PrintLine($"stress: info: [{process.Pid}] dispatching hogs: {Value("--cpu")} cpu, {Value("--io")} io, {workers} vm, 0 hdd");
        await process.Sleep(TimeSpan.FromSeconds(1));
        if (process.Container.Config.MemoryLimit is { } limit && workers * bytes > limit)
        {
            process.Container.KillOutOfMemory(process);
        }

        await new Pending<bool>(process);
        return 0;
    }

    /// <summary>http-echo: says the same text to every request.</summary>
    public static async Routine<int> HttpEcho(Process process, IReadOnlyList<string> arguments)
    {
        EndsOnTerm(process);
        string? Value(string name) => arguments.FirstOrDefault(a => a.TrimStart('-').StartsWith(name + "=", StringComparison.Ordinal))?.Split('=', 2)[1]
            ?? arguments.SkipWhile(a => a.TrimStart('-') != name || !a.StartsWith('-')).Skip(1).FirstOrDefault();
        var text = Value("text");
        if (text is null) return await process.Fail("http-echo", "Missing -text option!", 127);
        var port = int.TryParse((Value("listen") ?? ":5678").Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 5678;
        await process.Error($"{Time(process)} [INFO] server is listening on :{port}");
        return await Serve(process, port, (request, client) => HttpServer.Text(200, text + "\n"), "");
    }

    /// <summary>hello-app: says which pod it is.</summary>
    public static async Routine<int> HelloApp(Process process, IReadOnlyList<string> arguments)
    {
        EndsOnTerm(process);
        var port = int.TryParse(process.Variable("PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 8080;
        await process.Error($"{Time(process)} Server listening on port {port}");
        var version = process.Container.Config.Image.EndsWith(":2.0", StringComparison.Ordinal) ? "2.0.0" : "1.0.0";
        return await Serve(process, port, (request, client) => HttpServer.Text(200, $"Hello, world!\nVersion: {version}\nHostname: {process.Container.Hostname}\n"), arguments[0]);
    }

    /// <summary>whoami: says what it sees of the request, and which pod it is.</summary>
    public static async Routine<int> WhoAmI(Process process, IReadOnlyList<string> arguments)
    {
        EndsOnTerm(process);
        await process.PrintLine($"{Time(process)} Starting up on port 80");
        return await Serve(process, 80, (request, client) => HttpServer.Text(200, new StringBuilder()
            .Append("Hostname: ").Append(process.Container.Hostname).Append("\nIP: 127.0.0.1\nIP: ").Append(process.Kernel.Network.Ip)
            .Append("\nRemoteAddr: ").Append(client.Remote).Append('\n').Append(request.Method).Append(' ').Append(request.Target).Append(' ').Append(request.Version).Append('\n')
            .Append(string.Concat(request.Headers.Select(h => $"{h.Key}: {h.Value}\n"))).Append('\n').ToString()), arguments[0]);
    }

    public static string Time(Process process) => process.Kernel.Now.UtcDateTime.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static async Routine<int> Serve(Process process, int port, Func<HttpRequest, SocketFile, HttpResponse> answer, string name)
    {
        var server = new HttpServer(process, (request, client) => Routine.Of(answer(request, client))) { CommonHeaders = () => [HttpText.Header("Date", HttpText.Date(process.Kernel.Now))] };
        var error = await server.Serve(port);
        return await process.Fail(name, $"listen tcp :{port}: bind: {OsException.TextOf(error).ToLowerInvariant()}");
    }
}
