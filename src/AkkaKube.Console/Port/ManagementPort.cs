using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using AkkaKube.Console.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AkkaKube.Console.Port;

/// <summary>
/// The management port of a host: <c>POST /run</c> with a JSON list of words runs a console command and answers
/// <c>{"exitCode":…,"text":…}</c>. Whoever asks shows the token of the data directory (<c>Authorization: Bearer …</c>).
/// </summary>
public sealed class ManagementPort : IAsyncDisposable
{
    private const int LongestCommand = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly WebApplication _app;

    private ManagementPort(WebApplication app, IPEndPoint address) => (_app, Address) = (app, address);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Starts to listen on 127.0.0.1.</summary>
    /// <param name="port">The port; one in use is replaced by a free one, for several clusters may run on a machine.</param>
    /// <param name="tokenFile">Gets a new token, readable by the owner alone.</param>
    /// <param name="console">The <see cref="ConsoleActor"/>.</param>
    public static async Task<ManagementPort> Start(int port, string tokenFile, IActorRef console)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        File.Delete(tokenFile);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(tokenFile, options))
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(token)).ConfigureAwait(false);
        }

        var address = new IPEndPoint(IPAddress.Loopback, IsFree(port) ? port : 0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address);
            kestrel.Limits.MaxRequestBodySize = LongestCommand;
        });
        var app = builder.Build();
        app.Run(context => Answer(context, token, console));
        await app.StartAsync().ConfigureAwait(false);
        return new ManagementPort(app, IPEndPoint.Parse(new Uri(app.Urls.First()).Authority));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task Answer(HttpContext context, string token, IActorRef console)
    {
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes("Bearer " + token)))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (context.Request.Method != HttpMethods.Post || context.Request.Path != "/run")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        string[]? words;
        try
        {
            words = await JsonSerializer.DeserializeAsync<string[]>(context.Request.Body).ConfigureAwait(false);
        }
        catch (JsonException fault)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"the body must be a JSON list of words: {fault.Message}\n").ConfigureAwait(false);
            return;
        }

        var ran = await console.Ask<ConsoleActor.Ran>(new ConsoleActor.Run(words ?? []), Limit).ConfigureAwait(false);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(JsonSerializer.Serialize(new { exitCode = ran.ExitCode, text = ran.Text })).ConfigureAwait(false);
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
