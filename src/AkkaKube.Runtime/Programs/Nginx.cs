using System.Globalization;
using System.Text;
using AkkaKube.Runtime.Http;

namespace AkkaKube.Runtime.Programs;

/// <summary>The web server of the nginx image.</summary>
internal static class Nginx
{
    private const string Version = "1.29.1";

    // Page and configuration are ours; the title and the paths are those that clients look for.
    public const string WelcomePage = """
        <!DOCTYPE html>
        <html>
        <head>
        <title>Welcome to nginx!</title>
        <style>
        html { color-scheme: light dark; }
        body { width: 35em; margin: 0 auto; font-family: sans-serif; }
        </style>
        </head>
        <body>
        <h1>Welcome to nginx!</h1>
        <p>This page comes from the nginx of an emulated container. The bytes are real, the
        server behind them is a program of AkkaKube.</p>
        </body>
        </html>

        """;

    public const string ErrorPage = "<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n</body>\n</html>\n";

    public const string MainConfiguration = """
        user  nginx;
        worker_processes  auto;
        error_log  /var/log/nginx/error.log notice;
        pid        /run/nginx.pid;
        events {
            worker_connections  1024;
        }
        http {
            default_type  application/octet-stream;
            access_log  /var/log/nginx/access.log;
            include /etc/nginx/conf.d/*.conf;
        }

        """;

    public const string DefaultConfiguration = """
        server {
            listen       80;
            server_name  localhost;
            location / {
                root   /usr/share/nginx/html;
                index  index.html index.htm;
            }
            error_page   500 502 503 504  /50x.html;
            location = /50x.html {
                root   /usr/share/nginx/html;
            }
        }

        """;

    // The same bytes in the log of every container of the image: the log keeps a reference.
    private static readonly byte[] EntrypointLog = """
        /docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration
        /docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/
        /docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
        /docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh
        /docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh
        /docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh
        /docker-entrypoint.sh: Configuration complete; ready for start up

        """u8.ToArray();

    public static async Routine<int> Entrypoint(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2) return 0;
        if (arguments[1] is "nginx" or "nginx-debug") await process.Write(1, EntrypointLog);
        var command = arguments.Skip(1).ToList();
        var executable = Executable.Resolve(process.Files, process.Environment, process.WorkingDirectory, command);
        if (executable.Program is null) return await process.Fail(arguments[0], $"exec: {command[0]}: {(executable.Error == Errno.NoEntry ? "not found" : OsException.TextOf(executable.Error))}", executable.Error == Errno.NoEntry ? 127 : 126);
        process.ReplaceBy(executable.Program, executable.Arguments, null);
        return 0;
    }

    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Contains("-v"))
        {
            await process.Error($"nginx version: nginx/{Version}");
            return 0;
        }

        var path = arguments.SkipWhile(a => a != "-c").Skip(1).FirstOrDefault() ?? "/etc/nginx/nginx.conf";
        NginxConfiguration configuration;
        try
        {
            configuration = NginxConfiguration.Read(process, path);
        }
        catch (FormatException error)
        {
            await Log(process, "emerg", error.Message);
            if (arguments.Contains("-t")) await process.Error($"nginx: configuration file {path} test failed");
            return 1;
        }

        if (arguments.Contains("-t"))
        {
            await process.Error($"nginx: the configuration file {path} syntax is ok\nnginx: configuration file {path} test is successful");
            return 0;
        }

        if (arguments.SkipWhile(a => a != "-s").Skip(1).FirstOrDefault() is { } order) return Order(process, order);
        return await Serve(process, configuration, path);
    }

    /// <summary><c>nginx -s reload</c> and its kind: a signal to the server that runs.</summary>
    private static int Order(Process process, string order)
    {
        process.Container.Init?.Send(order switch { "stop" => Signal.Term, "quit" => Signal.Quit, _ => Signal.Hup });
        return 0;
    }

    private static async Routine<int> Serve(Process process, NginxConfiguration configuration, string path)
    {
        var serving = new Serving(process, configuration);
        process.SignalHandler = signal =>
        {
            if (signal == Signal.Hup) serving.Reload(path);
            if (signal is Signal.Hup or Signal.Usr1 or Signal.Usr2) return true;
            if (signal is not (Signal.Term or Signal.Int or Signal.Quit)) return false;
            process.Exit(0);
            return true;
        };
        await Log(process, "notice", "using the \"epoll\" event method");
        await Log(process, "notice", $"nginx/{Version}");
        await Log(process, "notice", "start worker processes");
        var ports = configuration.Servers.SelectMany(s => s.Ports).Distinct().ToList();
        foreach (var port in ports.Skip(1))
        {
            process.Fork(async () =>
            {
                await Failed(process, port, await serving.On(port));
                process.Exit(1);
                return true;
            });
        }

        if (ports.Count == 0) await new Pending<bool>(process);
        await Failed(process, ports[0], await serving.On(ports[0]));
        return 1;
    }

    private static Routine<bool> Failed(Process process, int port, Errno error) => Log(process, "emerg", $"bind() to 0.0.0.0:{port} failed ({(error == Errno.AddressInUse ? 98 : 99)}: {OsException.TextOf(error)})");

    private static Routine<bool> Log(Process process, string level, string text) => process.Error($"{Daemons.Time(process)} [{level}] {process.Pid}#{process.Pid}: {text}");

    private static HttpResponse Page(int status) => HttpServer.Text(
        status,
        $"<html>\r\n<head><title>{status} {Reason(status)}</title></head>\r\n<body>\r\n<center><h1>{status} {Reason(status)}</h1></center>\r\n<hr><center>nginx/{Version}</center>\r\n</body>\r\n</html>\r\n",
        "text/html");

    private static string Reason(int status) => status == 405 ? "Not Allowed" : HttpText.Reason(status);

    /// <summary>The server at work, with the configuration it has at the moment.</summary>
    private sealed class Serving(Process process, NginxConfiguration configuration)
    {
        private NginxConfiguration _configuration = configuration;

        public void Reload(string path)
        {
            try
            {
                _configuration = NginxConfiguration.Read(process, path);
                process.Fork(() => Log(process, "notice", "reconfiguring"));
            }
            catch (FormatException error)
            {
                process.Fork(() => Log(process, "emerg", error.Message));
            }
        }

        public Routine<Errno> On(int port) => new HttpServer(process, (request, client) => Answer(port, request, client))
        {
            CommonHeaders = () => [HttpText.Header("Server", $"nginx/{Version}"), HttpText.Header("Date", HttpText.Date(process.Kernel.Now))],
            Log = Access,
        }.Serve(port);

        private async Routine<HttpResponse> Answer(int port, HttpRequest request, SocketFile client)
        {
            var host = (request.Header("Host") ?? "").Split(':')[0];
            var servers = _configuration.Servers.Where(s => s.Ports.Contains(port)).ToList();
            if (servers.Count == 0) return Page(404);
            var server = servers.Find(s => s.Name == host) ?? servers[0];
            var location = NginxConfiguration.Match(server, request.Path);
            if ((location?.Return ?? (location is null ? server.Return : null) ?? server.Return) is { } fixedAnswer) return Fixed(fixedAnswer, location, request, client);
            if (location?.ProxyPass is { } upstream) return await Proxy(upstream, location, request, client);
            var root = location?.Alias ?? location?.Root ?? server.Root;
            var path = location?.Alias is null ? request.Path : "/" + request.Path[location.Path.Length..];
            var index = location?.Index ?? server.Index;
            var response = StaticFiles.Answer(process, root, request, Page, index, path);
            if (response.Status == 404 && location is { FallsBackToIndex: true }) response = StaticFiles.Answer(process, root, request, Page, index, "/");
            if (response.Status == 404) await Log(process, "error", $"*1 open() \"{FileSystem.Join(root, "." + path).Replace("/./", "/", StringComparison.Ordinal)}\" failed (2: No such file or directory), client: {client.Remote.Ip}, server: {server.Name}, request: \"{request.Method} {request.Target} {request.Version}\", host: \"{request.Header("Host")}\"");
            return response;
        }

        private HttpResponse Fixed((int Code, string Text) answer, NginxConfiguration.Location? location, HttpRequest request, SocketFile client)
        {
            var text = Variables(answer.Text, request, client);
            if (answer.Code is 301 or 302 or 303 or 307 or 308) return Page(answer.Code) with { Headers = [HttpText.Header("Content-Type", "text/html"), HttpText.Header("Location", text)] };
            return text.Length == 0 && answer.Code >= 300 ? Page(answer.Code) : HttpServer.Text(answer.Code, text, location?.DefaultType ?? "application/octet-stream");
        }

        private string Variables(string text, HttpRequest request, SocketFile client) => text.Contains('$', StringComparison.Ordinal)
            ? text.Replace("$hostname", process.Container.Hostname, StringComparison.Ordinal).Replace("$server_addr", client.Local.Ip, StringComparison.Ordinal)
                .Replace("$server_port", client.Local.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("$remote_addr", client.Remote.Ip, StringComparison.Ordinal)
                .Replace("$request_uri", request.Target, StringComparison.Ordinal).Replace("$uri", request.Path, StringComparison.Ordinal)
                .Replace("$host", (request.Header("Host") ?? "").Split(':')[0], StringComparison.Ordinal).Replace("$request_method", request.Method, StringComparison.Ordinal)
            : text;

        private async Routine<HttpResponse> Proxy(string upstream, NginxConfiguration.Location location, HttpRequest request, SocketFile client)
        {
            if (HttpExchange.Parse(upstream) is not { } target) return Page(500);
            var hasPath = upstream.TrimEnd('/').Split("//")[^1].Contains('/', StringComparison.Ordinal) || upstream.EndsWith('/');
            var uri = hasPath ? target.Target.TrimEnd('/') + "/" + request.Target[Math.Min(location.Path.Length, request.Target.Length)..].TrimStart('/') : request.Target;
            var headers = request.Headers.Where(h => !h.Key.Equals("Host", StringComparison.OrdinalIgnoreCase) && !h.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase) && !h.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) && !h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
            var (response, failure, address) = await HttpExchange.Send(process, target.Host, target.Port, HttpExchange.Get(target.Host, target.Port, uri, request.Header("User-Agent") ?? "-", request.Method, headers, request.Body), TimeSpan.FromSeconds(60));
            if (response is not null) return response with { Headers = [.. response.Headers.Where(h => h.Key is not ("Server" or "Date" or "Connection" or "Transfer-Encoding" or "Content-Length"))] };
            await Log(process, "error", $"*1 {(failure!.Kind == "name" ? $"{target.Host} could not be resolved" : $"connect() failed ({failure.Message}) while connecting to upstream")}, client: {client.Remote.Ip}, request: \"{request.Method} {request.Target} {request.Version}\", upstream: \"http://{address}:{target.Port}{uri}\"");
            return Page(failure.Kind == "timeout" || failure.Message == OsException.TextOf(Errno.TimedOut) ? 504 : 502);
        }

        private Routine<bool> Access(HttpRequest request, HttpResponse response, SocketFile client) => process.Write(1, Encoding.UTF8.GetBytes(
            $"{client.Remote.Ip} - - [{process.Kernel.Now.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture)} +0000] \"{request.Method} {request.Target} {request.Version}\" {response.Status} {(request.Method == "HEAD" ? 0 : response.Body.Length)} \"{request.Header("Referer") ?? "-"}\" \"{request.Header("User-Agent") ?? "-"}\" \"{request.Header("X-Forwarded-For") ?? "-"}\"\n"));
    }
}
