using System.Globalization;
using AkkaKube.Fabric;
using AkkaKube.Runtime.Http;

namespace AkkaKube.Runtime.Applets;

/// <summary>nslookup, nc, ping, httpd</summary>
internal static class NetTools
{
    public static async Routine<int> NsLookup(Process process, IReadOnlyList<string> arguments)
    {
        var options = arguments.Skip(1).Where(a => a.StartsWith('-')).ToList();
        var operands = arguments.Skip(1).Where(a => !a.StartsWith('-')).ToList();
        if (operands.Count == 0) return await process.Fail(arguments[0], "usage: nslookup [-type=QUERY_TYPE] HOST [DNS_SERVER]");
        var type = options.Select(o => o.Split('=')).Where(o => o.Length == 2 && o[0] is "-type" or "-q" or "-querytype").Select(o => o[1].ToLowerInvariant()).LastOrDefault() ?? "";
        var record = type switch { "aaaa" => FabricActor.RecordType.Aaaa, "srv" => FabricActor.RecordType.Srv, "ptr" => FabricActor.RecordType.Ptr, "cname" => FabricActor.RecordType.Cname, _ => FabricActor.RecordType.A };
        if (type.Length == 0 && NameLookup.IsAddress(operands[0])) record = FabricActor.RecordType.Ptr;
        var server = operands.Count > 1 ? operands[1] : ResolvConf.Parse(process.Files.Find("/etc/resolv.conf") is FileInode file ? System.Text.Encoding.UTF8.GetString(file.Content.Span) : "").Servers.FirstOrDefault();
        if (server is null) return await process.Fail(arguments[0], "can't connect to remote host: Connection refused");
        var answer = await NameLookup.Ask(process, operands[0], record);
        if (answer.Failure == FabricActor.ResolveFailure.NoServer)
        {
            await process.PrintLine(";; connection timed out; no servers could be reached\n");
            return 1;
        }

        await process.PrintLine($"Server:\t\t{server}\nAddress:\t{server}:53\n");
        if (answer.Failure is not null)
        {
            await process.PrintLine($"** server can't find {operands[0]}: {(answer.Failure == FabricActor.ResolveFailure.NoSuchName ? "NXDOMAIN" : "SERVFAIL")}\n");
            return 1;
        }

        if (answer.Values.Count == 0) await process.PrintLine($"*** Can't find {operands[0]}: No answer");
        foreach (var value in answer.Values)
        {
            await process.PrintLine(record switch
            {
                FabricActor.RecordType.Srv => $"{answer.Name}\tservice = {value}",
                FabricActor.RecordType.Ptr => $"{answer.Name}\tname = {value}",
                FabricActor.RecordType.Cname => $"{answer.Name}\tcanonical name = {value}",
                _ => $"Name:\t{answer.Name}\nAddress: {value}",
            });
        }

        await process.PrintLine("");
        return 0;
    }

    public static async Routine<int> Ping(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "c:i:W:w:q46s:");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        if (options.Operands.Count == 0) return await process.Fail(options.Name, "usage: ping [OPTIONS] HOST");
        var addresses = await NameLookup.Find(process, options.Operands[0]);
        if (addresses.Count == 0) return await process.Fail(options.Name, $"bad address '{options.Operands[0]}'");
        var count = int.TryParse(options.Value('c'), out var c) ? c : int.MaxValue;
        var wait = Sleep.DurationOf(options.Value('W') ?? "10") ?? TimeSpan.FromSeconds(10);
        await process.PrintLine($"PING {options.Operands[0]} ({addresses[0]}): 56 data bytes");
        var (sent, received, stopped) = (0, 0, false);
        process.SignalHandler = signal => stopped = signal is Signal.Int or Signal.Term;
        var times = new List<double>();
        for (; sent < count && !stopped; sent++)
        {
            // A host answers if its address is there: a connection to a port nobody listens on is refused at once, and to no host not at all.
            var (socket, failure) = await process.Kernel.Network.Connect(process, addresses[0], 65535, wait);
            if (socket is not null) process.Close(socket);
            if (socket is not null || failure == Errno.ConnectionRefused)
            {
                received++;
                times.Add(0.05 + (process.Kernel.Random.NextDouble() / 20));
                await process.PrintLine(string.Create(CultureInfo.InvariantCulture, $"64 bytes from {addresses[0]}: seq={sent} ttl=64 time={times[^1]:0.000} ms"));
            }

            if (sent + 1 < count) await process.Sleep(TimeSpan.FromSeconds(1));
        }

        await process.PrintLine($"\n--- {options.Operands[0]} ping statistics ---\n{sent} packets transmitted, {received} packets received, {(sent == 0 ? 0 : 100 * (sent - received) / sent)}% packet loss");
        if (times.Count > 0) await process.PrintLine(string.Create(CultureInfo.InvariantCulture, $"round-trip min/avg/max = {times.Min():0.000}/{times.Average():0.000}/{times.Max():0.000} ms"));
        return received > 0 ? 0 : 1;
    }

    public static async Routine<int> Nc(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "lkp:w:zvne:i:s:u");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var operands = options.Operands.ToList();
        TimeSpan? wait = Sleep.DurationOf(options.Value('w') ?? "");
        if (options.Has('l'))
        {
            var text = options.Value('p') ?? operands.LastOrDefault() ?? "";
            if (!int.TryParse(text, out var port)) return await process.Fail(options.Name, "missing port");
            var (listener, listenError) = await process.Kernel.Network.Listen(process, port);
            if (listener is null) return await process.Fail(options.Name, $"bind: {OsException.TextOf(listenError)}");
            do
            {
                await Carry(process, await listener.Accept(process), options.Value('e'));
            }
            while (options.Has('k'));
            return 0;
        }

        if (operands.Count < 2 || !int.TryParse(operands[1], out var target)) return await process.Fail(options.Name, "usage: nc [-lkvz] [-p PORT] [-w SEC] [-e PROG] [HOST PORT]");
        var addresses = await NameLookup.Find(process, operands[0]);
        if (addresses.Count == 0) return await process.Fail(options.Name, $"bad address '{operands[0]}'");
        var (socket, failure) = await process.Kernel.Network.Connect(process, addresses[0], target, wait);
        if (socket is null) return await process.Fail(options.Name, failure == Errno.TimedOut && wait is not null ? "timed out" : $"{operands[0]} ({addresses[0]}:{target}): {OsException.TextOf(failure)}");
        if (options.Has('v')) await process.Error($"{operands[0]} ({addresses[0]}:{target}) open");
        if (options.Has('z')) process.Close(socket);
        else await Carry(process, socket, options.Value('e'));
        return 0;
    }

    /// <summary>Standard input to the socket and the socket to standard output, until the other end has finished; or a program on it.</summary>
    private static async Routine<bool> Carry(Process process, SocketFile socket, string? program)
    {
        if (program is not null)
        {
            var executable = Executable.Resolve(process.Files, process.Environment, process.WorkingDirectory, program.Split(' '));
            if (executable.Program is not null) await process.Spawn(executable.Program, executable.Arguments, [socket.Share(), socket.Share(), process.File(2)?.Share()]).Exited(process);
            process.Close(socket);
            return true;
        }

        process.Fork(async () =>
        {
            while (await process.Read() is { IsEmpty: false } chunk) await socket.Write(process, chunk);
            socket.FinishWriting();
            return true;
        });
        while (await socket.Read(process, 64 * 1024) is { IsEmpty: false } chunk) await process.Write(1, chunk);
        process.Close(socket);
        return true;
    }

    public static async Routine<int> Httpd(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "ifvp:h:c:u:r:");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var portText = options.Value('p') ?? "80";
        if (!int.TryParse(portText[(portText.LastIndexOf(':') + 1)..], out var port)) return await process.Fail(options.Name, $"invalid port '{portText}'");
        var home = FileTools.Path(process, options.Value('h') ?? ".");
        var server = new HttpServer(process, (request, _) => Routine.Of(StaticFiles.Answer(process, home, request, status => HttpServer.Text(status, $"<HTML><HEAD><TITLE>{status} {HttpText.Reason(status)}</TITLE></HEAD>\n<BODY><H1>{status} {HttpText.Reason(status)}</H1>\n</BODY></HTML>\n", "text/html"))))
        {
            CommonHeaders = () => [HttpText.Header("Date", HttpText.Date(process.Kernel.Now))],
        };
        if (options.Has('f'))
        {
            var failure = await server.Serve(port);
            return await process.Fail(options.Name, $"bind: {OsException.TextOf(failure)}");
        }

        // Without -f it goes on in the background, as a daemon does.
        process.Spawn(async (self, _) =>
        {
            await new HttpServer(self, (request, _) => Routine.Of(StaticFiles.Answer(self, home, request, status => HttpServer.Text(status, HttpText.Reason(status) + "\n")))).Serve(port);
            return 1;
        }, process.Arguments);
        return 0;
    }
}
