using System.Globalization;
using System.Text;
using AkkaKube.Runtime.Http;

namespace AkkaKube.Runtime.Applets;

/// <summary>wget</summary>
internal static class Wget
{
    private const int MostRedirections = 5;

    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "qO:T:SsP:U:cY:t:", "quiet=q output-document=O timeout=T server-response=S spider=s header=h post-data=p user-agent=U no-check-certificate=c tries=t");
        var headers = arguments.Where(a => a.StartsWith("--header=", StringComparison.Ordinal)).Select(a => a[9..])
            .Concat(arguments.Zip(arguments.Skip(1)).Where(p => p.First == "--header").Select(p => p.Second))
            .Select(h => h.Split(':', 2)).Where(h => h.Length == 2).Select(h => HttpText.Header(h[0].Trim(), h[1].Trim())).ToList();
        var post = arguments.FirstOrDefault(a => a.StartsWith("--post-data=", StringComparison.Ordinal))?[12..];
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var urls = options.Operands.Where(o => !headers.Exists(h => o == $"{h.Key}: {h.Value}")).ToList();
        if (urls.Count == 0) return await process.Fail(options.Name, "missing URL");
        var timeout = double.TryParse(options.Value('T'), CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(900);
        foreach (var url in urls)
        {
            var at = url;
            for (var redirections = 0; ; redirections++)
            {
                if (at.StartsWith("https://", StringComparison.Ordinal)) return await process.Fail(options.Name, $"can't connect to remote host ({at[8..].Split('/')[0]}): Connection refused");
                if (HttpExchange.Parse(at) is not { } parts) return await process.Fail(options.Name, at.Contains("://", StringComparison.Ordinal) ? $"not an http or ftp url: {at}" : $"bad address '{at}'");
                var spider = options.Has('s');
                var request = HttpExchange.Get(parts.Host, parts.Port, parts.Target, options.Value('U') ?? "Wget", spider ? "HEAD" : post is null ? "GET" : "POST", post is null ? headers : [.. headers, HttpText.Header("Content-Type", "application/x-www-form-urlencoded")], post is null ? default : Encoding.UTF8.GetBytes(post));
                var (response, failure, address) = await HttpExchange.Send(process, parts.Host, parts.Port, request, timeout);
                if (failure?.Kind == "name") return await process.Fail(options.Name, $"bad address '{parts.Host}{(parts.Port == 80 ? "" : $":{parts.Port}")}'");
                if (!options.Has('q')) await process.Error($"Connecting to {(parts.Port == 80 && !at.Contains(":80", StringComparison.Ordinal) ? parts.Host : $"{parts.Host}:{parts.Port}")} ({address}:{parts.Port})");
                if (failure is not null) return await process.Fail(options.Name, failure.Kind == "connect" ? $"can't connect to remote host ({address}): {failure.Message}" : failure.Message);
                if (options.Has('S'))
                {
                    await process.Error("  " + HttpExchange.StatusLine(response!));
                    foreach (var (name, value) in response!.Headers) await process.Error($"  {name}: {value}");
                }

                if (response!.Status is >= 300 and < 400 && response.Header("Location") is { } location && redirections < MostRedirections)
                {
                    at = location.StartsWith('/') ? $"http://{parts.Host}:{parts.Port}{location}" : location;
                    continue;
                }

                if (response.Status is < 200 or >= 300) return await process.Fail(options.Name, $"server returned error: {HttpExchange.StatusLine(response)}");
                if (spider)
                {
                    if (!options.Has('q')) await process.Error("remote file exists");
                    break;
                }

                await Save(process, options, parts.Target, response.Body);
                break;
            }
        }

        return 0;
    }

    private static async Routine<bool> Save(Process process, AppletOptions options, string target, ReadOnlyMemory<byte> body)
    {
        var file = options.Value('O') ?? (FileSystem.NameOf(target.Split('?')[0]) is { Length: > 0 } name ? name : "index.html");
        if (file == "-")
        {
            await process.Write(1, body);
            if (!options.Has('q')) await process.Error("writing to stdout\n" + Bar("-", body.Length) + "\nwritten to stdout");
            return true;
        }

        process.Files.WriteAll(process, FileTools.Path(process, file), body.Span);
        if (!options.Has('q')) await process.Error($"saving to '{file}'\n{Bar(file, body.Length)}\n'{file}' saved");
        return true;
    }

    private static string Bar(string name, int size) => $"{name,-20} 100% |********************************| {size,5}  0:00:00 ETA";
}

/// <summary>curl, as far as tests of services use it.</summary>
internal static class Curl
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "sSfLkvIio:w:X:d:H:m:A:gG", "silent=s show-error=S fail=f location=L insecure=k verbose=v head=I include=i output=o write-out=w request=X data=d header=H max-time=m connect-timeout=m user-agent=A");
        if (options.Error is { } error) return await process.Fail(options.Name, error, 2);
        if (options.Operands.Count == 0) return await process.Fail(options.Name, "try 'curl --help' for more information", 2);
        TimeSpan? timeout = double.TryParse(options.Value('m'), CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
        foreach (var url in options.Operands)
        {
            if (HttpExchange.Parse(url) is not { } parts) return await process.Fail(options.Name, $"(1) Protocol \"{url.Split(':')[0]}\" not supported", 1);
            var data = options.Value('d');
            var headers = options.Values('H').Select(h => h.Split(':', 2)).Where(h => h.Length == 2).Select(h => HttpText.Header(h[0].Trim(), h[1].Trim())).ToList();
            if (data is not null && !headers.Exists(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))) headers.Add(HttpText.Header("Content-Type", "application/x-www-form-urlencoded"));
            HttpResponse? response = null;
            for (var redirections = 0; ; redirections++)
            {
                var method = options.Has('I') ? "HEAD" : options.Value('X') ?? (data is null ? "GET" : "POST");
                var request = HttpExchange.Get(parts.Host, parts.Port, parts.Target, options.Value('A') ?? "curl/8.14.1", method, headers, data is null ? default : Encoding.UTF8.GetBytes(data));
                (response, var failure, _) = await HttpExchange.Send(process, parts.Host, parts.Port, request, timeout);
                if (failure is not null) return await Failed(process, options, parts.Host, parts.Port, failure);
                if (!options.Has('L') || response!.Status is < 300 or >= 400 || response.Header("Location") is not { } location || redirections == 10) break;
                if (HttpExchange.Parse(location.StartsWith('/') ? $"http://{parts.Host}:{parts.Port}{location}" : location) is not { } next) break;
                parts = next;
            }

            if (options.Has('f') && response!.Status >= 400)
            {
                return options.Has('s') && !options.Has('S') ? 22 : await process.Fail(options.Name, $"(22) The requested URL returned error: {response.Status}", 22);
            }

            var head = options.Has('i') || options.Has('I') ? HttpExchange.StatusLine(response!) + "\r\n" + string.Concat(response!.Headers.Select(h => $"{h.Key}: {h.Value}\r\n")) + "\r\n" : "";
            byte[] output = [.. Encoding.UTF8.GetBytes(head), .. response!.Body.Span];
            if (options.Value('o') is { } file && file != "-") process.Files.WriteAll(process, FileTools.Path(process, file), output);
            else await process.Write(1, output);
            if (options.Value('w') is { } format) await process.Print(Shell.Escapes.Expand(format, out _).Replace("%{http_code}", response.Status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("%{response_code}", response.Status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }

        return 0;
    }

    private static async Routine<int> Failed(Process process, AppletOptions options, string host, int port, HttpExchange.Failure failure)
    {
        var (code, text) = failure.Kind switch
        {
            "name" => (6, $"Could not resolve host: {host}"),
            "connect" when failure.Message == OsException.TextOf(Errno.TimedOut) => (28, $"Failed to connect to {host} port {port}: {failure.Message}"),
            "connect" => (7, $"Failed to connect to {host} port {port} after 0 ms: Could not connect to server"),
            "timeout" => (28, "Operation timed out"),
            _ => (52, "Empty reply from server"),
        };
        return options.Has('s') && !options.Has('S') ? code : await process.Fail(options.Name, $"({code}) {text}", code);
    }
}
