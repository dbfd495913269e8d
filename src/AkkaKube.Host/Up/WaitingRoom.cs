using System.Net;
using Akka.Actor;
using Akka.Configuration;
using AkkaKube.ApiServer;
using AkkaKube.ApiServer.Certificates;
using AkkaKube.ApiServer.Http;
using AkkaKube.Client;

namespace AkkaKube.Host.Up;

/// <summary>Stands in for the API server of a host that is out of the cluster and cannot join anew yet: sends clients elsewhere, and says why.</summary>
internal sealed class WaitingRoom : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly HttpFrontEnd _frontEnd;

    private WaitingRoom(ActorSystem system, HttpFrontEnd frontEnd) => (_system, _frontEnd) = (system, frontEnd);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _frontEnd.Endpoint;

    public static async Task<WaitingRoom> Open(Config config, ClusterCertificates certificates, IPEndPoint api, string why)
    {
        var system = ActorSystem.Create("waiting", ConfigurationFactory.ParseString("akka { actor.provider = local, loggers = [], loglevel = OFF }").WithFallback(config));
        try
        {
            return new WaitingRoom(system, await HttpFrontEnd.Start(system, ActorRefs.Nobody, ApiServerSettings.From(config), certificates, api, ClusterRandom.Of(system).Create("http"), () => why).ConfigureAwait(false));
        }
        catch
        {
            await system.Terminate().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _frontEnd.DisposeAsync().ConfigureAwait(false);
        await _system.Terminate().ConfigureAwait(false);
    }
}
