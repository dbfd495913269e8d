using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Akka;
using Akka.Actor;
using Akka.Event;
using AkkaKube.ApiServer.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaKube.ApiServer.Http;

/// <summary>
/// Serves the API over HTTPS: turns each request into one of the records that components send as well, asks the API server, and writes
/// what it answers. Holds no state of the cluster.
/// </summary>
public sealed class HttpFrontEnd : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping;

    // Once: the actor system asks for it, and so does whoever disposes of this, in either order.
    private readonly Lazy<Task> _stopped;
    private TimeSpan _patience;

    private HttpFrontEnd(WebApplication app, CancellationTokenSource stopping, ApiServerSettings settings, IPEndPoint endpoint)
    {
        _app = app;
        _stopping = stopping;
        _patience = settings.ShutdownTimeout;
        Endpoint = endpoint;
        _stopped = new Lazy<Task>(() => StopWithin(_patience));
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>
    /// Starts to listen; port 0 takes a free one. The actor system stops it in order: first no new connection is taken and watches end,
    /// then requests finish.
    /// </summary>
    /// <param name="system">It runs what the front end needs.</param>
    /// <param name="apiServer">The API server.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="certificates">Of the cluster.</param>
    /// <param name="endpoint">Where to listen.</param>
    /// <param name="random">For the lengths of watches.</param>
    /// <param name="hindrance">In a cluster of many hosts: why this one cannot serve now, or null where it can. Called for each request.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<HttpFrontEnd> Start(ActorSystem system, IActorRef apiServer, ApiServerSettings settings, ClusterCertificates certificates, IPEndPoint endpoint, Random random, Func<string?>? hindrance = null)
    {
        var stopping = new CancellationTokenSource();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kube-apiserver" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowSynchronousIO = false;
            // The body is limited while it is read, with the Status that Kubernetes sends.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificates.Server;
                    https.ServerCertificateChain = [certificates.Authority];
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.HandshakeTimeout = settings.HandshakeTimeout;
                    // A bad certificate is no reason to drop the connection: the request gets 401.
                    https.AllowAnyClientCertificate();
                });
            });
        });
        // The process ends when the actor system says so: the web host leaves the signals alone.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownTimeout);
        var app = builder.Build();
        var streams = system.ActorOf(ClientStreams.Props(apiServer, settings), "http-streams");
        var handler = new RequestHandler(
            new Authenticator(certificates.Authority),
            new ApiGateway(apiServer, streams, settings, new WatchDurations(settings.WatchTimeout, random), system.Scheduler, Logging.GetLogger(system, "https"), stopping.Token) { Hindrance = hindrance ?? (() => null), InCluster = hindrance is not null });
        app.Run(handler.Handle);
        await app.StartAsync().ConfigureAwait(false);
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var frontEnd = new HttpFrontEnd(app, stopping, settings, new IPEndPoint(endpoint.Address, bound.Port));
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceUnbind, "https", async () =>
        {
            if (CoordinatedShutdown.Get(system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason) await frontEnd.Abort().ConfigureAwait(false);
            else await frontEnd.Stop().ConfigureAwait(false);
            return Done.Instance;
        });
        return frontEnd;
    }

    /// <summary>Takes no more connections, ends the watches, and waits for the requests under way.</summary>
    public Task Stop() => _stopped.Value;

    /// <summary>
    /// Breaks all connections: a host that was declared dead has no true answer to what is under way, and others wait for its end.
    /// </summary>
    public Task Abort()
    {
        _patience = TimeSpan.Zero;
        return Stop();
    }

    private async Task StopWithin(TimeSpan patience)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(patience);
        await _app.StopAsync(limit.Token).ConfigureAwait(false);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }
}
