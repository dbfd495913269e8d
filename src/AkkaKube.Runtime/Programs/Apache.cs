using System.Globalization;
using AkkaKube.Runtime.Http;

namespace AkkaKube.Runtime.Programs;

/// <summary>The web server of the httpd image.</summary>
internal static class Apache
{
    private const string Version = "Apache/2.4.65 (Unix)";
    private const string Root = "/usr/local/apache2/htdocs";

    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        Daemons.EndsOnTerm(process, stop: Signal.Winch);
        await process.Error($"AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using {process.Kernel.Network.Ip}. Set the 'ServerName' directive globally to suppress this message");
        await process.Error($"[{Stamp(process)}] [mpm_event:notice] [pid 1:tid 1] AH00489: {Version} configured -- resuming normal operations");
        await process.Error($"[{Stamp(process)}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'");
        var server = new HttpServer(process, (request, _) => Routine.Of(StaticFiles.Answer(process, Root, request, ErrorPage)))
        {
            CommonHeaders = () => [HttpText.Header("Date", HttpText.Date(process.Kernel.Now)), HttpText.Header("Server", Version)],
            Log = (request, response, client) => process.PrintLine(
                $"{client.Remote.Ip} - - [{process.Kernel.Now.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture)} +0000] \"{request.Method} {request.Target} {request.Version}\" {response.Status} {response.Body.Length}"),
        };
        var error = await server.Serve(80);
        await process.Error($"(98){OsException.TextOf(error)}: AH00072: make_sock: could not bind to address 0.0.0.0:80");
        return 1;
    }

    private static string Stamp(Process process) => process.Kernel.Now.UtcDateTime.ToString("ddd MMM dd HH:mm:ss.ffffff yyyy", CultureInfo.InvariantCulture);

    private static HttpResponse ErrorPage(int status) => HttpServer.Text(
        status,
        $"<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>{status} {HttpText.Reason(status)}</title>\n</head><body>\n<h1>{HttpText.Reason(status)}</h1>\n</body></html>\n",
        "text/html; charset=iso-8859-1");
}
