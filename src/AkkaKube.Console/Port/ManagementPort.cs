using System.Net;
using Akka.Actor;
using AkkaKube.Console.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaKube.Console.Port;

/// <summary>
/// The management port of a host, HTTP and JSON. <c>POST /run</c> with a list of words runs a command and answers one document, or a line of JSON for each
/// part of a stream; <c>GET /commands</c> lists what there is; <c>GET /names/KIND</c> what can stand for a word. Whoever asks shows the token of the data
/// directory (<c>Authorization: Bearer …</c>).
/// </summary>
public sealed class ManagementPort : IAsyncDisposable
{
    /// <summary>The longest command that is read, in bytes.</summary>
    internal const int LongestCommand = 64 * 1024;

    private const int MostConnections = 256;
    private static readonly TimeSpan HeadersLimit = TimeSpan.FromSeconds(10);
    private readonly WebApplication _app;

    private ManagementPort(WebApplication app, IPEndPoint address) => (_app, Address) = (app, address);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="settings">Where; a port in use is replaced by a free one, for several hosts may run on a machine.</param>
    /// <param name="tokenFile">Has the token, or gets a new one, readable by the owner alone.</param>
    /// <param name="console">The <see cref="ConsoleActor"/>.</param>
    public static async Task<ManagementPort> Start(ConsoleSettings settings, string tokenFile, IActorRef console)
    {
        var handler = new PortHandler(await TokenFile.ReadOrCreate(tokenFile).ConfigureAwait(false), console);
        var preferred = new IPEndPoint(IPAddress.Parse(settings.Address), settings.Port);
        try
        {
            return await Listen(preferred, handler).ConfigureAwait(false);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException && preferred.Port != 0)
        {
            // Only who listens has a port: whether one is free cannot be asked before.
            return await Listen(new IPEndPoint(preferred.Address, 0), handler).ConfigureAwait(false);
        }
    }

    private static async Task<ManagementPort> Listen(IPEndPoint address, PortHandler handler)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address);
            kestrel.Limits.MaxRequestBodySize = LongestCommand;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadersLimit;
        });
        var app = builder.Build();
        app.Run(handler.Answer);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new ManagementPort(app, IPEndPoint.Parse(new Uri(app.Urls.First()).Authority));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Streams that go on do not keep the host from its end.
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        try
        {
            await _app.StopAsync(atOnce.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Said above: it was not waited for.
        }

        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
