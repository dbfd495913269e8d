using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;
using AkkaKube.ApiServer;
using AkkaKube.ApiServer.Certificates;
using AkkaKube.ApiServer.Http;
using AkkaKube.Client;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Port;
using AkkaKube.Host.Composition;
using AkkaKube.Host.Data;
using AkkaKube.Host.Logging;
using AkkaKube.Host.Memory;
using AkkaKube.Persistence;

namespace AkkaKube.Host.Up;

/// <summary>One actor system of a host with the servers that stand on it: from joining the cluster until it has left, or was declared dead.</summary>
internal sealed class HostLife : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly ClusterHost _host;
    private readonly HttpFrontEnd _frontEnd;
    private readonly ManagementPort _management;

    private HostLife(ActorSystem system, ClusterHost host, HttpFrontEnd frontEnd, ManagementPort management, IPEndPoint remote)
    {
        (_system, _host, _frontEnd, _management) = (system, host, frontEnd, management);
        Addresses = new HostAddresses(frontEnd.Endpoint, remote, management.Address.Port) { Console = management.Address };
    }

    public HostAddresses Addresses { get; }

    /// <summary>Completes when the actor system has ended.</summary>
    public Task Ended => _system.WhenTerminated;

    /// <summary>True when it ended because somebody told it to leave (<c>cluster leave</c>).</summary>
    public bool HasLeft => CoordinatedShutdown.Get(_system).ShutdownReason is CoordinatedShutdown.ClusterLeavingReason;

    /// <summary>Why, when nobody asked it to.</summary>
    public string WhyEnded => CoordinatedShutdown.Get(_system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason
        ? "the others have declared it dead"
        : "its actor system has ended";

    /// <summary>Starts one; it joins by itself.</summary>
    /// <exception cref="DatabaseUnreachableException">The database does not answer; nothing is left behind.</exception>
    public static async Task<HostLife> Start(Config config, HostIdentity identity, HostAddresses at, int nodes, HostCertificates certificates, DataDirectory data)
    {
        var full = config.At(at.Remote, certificates.Cluster.AuthorityPem);
        var system = Create(identity, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(full), new SqlPersistenceSetup(EtcdEventCodec.Create()), LoggerFactorySetup.OnStandardError(), new DotNettySslSetup(certificates.Remoting, suppressValidation: false), HostWire.Setup()));
        HttpFrontEnd? frontEnd = null;
        try
        {
            // What is wrong with the database is said now, and not by the first write.
            SqlPersistence.Get(system);
            var host = ClusterHost.Start(system, identity.Name, nodes);
            frontEnd = await HttpFrontEnd.Start(system, host.ApiServer, ApiServerSettings.From(full), certificates.Cluster, at.Api, ClusterRandom.Of(system).Create("http"), host.Hindrance).ConfigureAwait(false);
            var consoleSettings = ConsoleSettings.From(full);
            var console = system.ActorOf(ConsoleActor.Props(ConsoleComposition.ManyHosts(system, consoleSettings, identity.Name, host)), "console");
            system.ActorOf(MemoryWatch.Props(MemorySettings.From(system.Settings.Config), new ProcessMemory()), "memory");
            var management = await ManagementPort.Start(consoleSettings with { Port = at.ConsolePort ?? consoleSettings.Port }, data.Token, console).ConfigureAwait(false);
            var address = Akka.Cluster.Cluster.Get(system).SelfAddress;
            return new HostLife(system, host, frontEnd, management, new IPEndPoint(at.Remote.Address, address.Port ?? at.Remote.Port));
        }
        catch
        {
            if (frontEnd is not null) await frontEnd.DisposeAsync().ConfigureAwait(false);
            await system.Terminate().ConfigureAwait(false);
            throw;
        }
    }

    private static ActorSystem Create(HostIdentity identity, ActorSystemSetup setup)
    {
        try
        {
            return ActorSystem.Create("akkakube", setup);
        }
        catch (AkkaException taken) when (taken.InnerException is SocketException)
        {
            throw new Refusal($"{identity.Name} cannot be reached at {identity.Listen}: {taken.Message.TrimEnd('.')}. Choose an address of this machine and a free port with --listen.", taken);
        }
    }

    /// <summary>Completes with the number of nodes when the cluster can be used by this host's server.</summary>
    public async Task<int> UntilReady(int nodes, Progress progress)
    {
        var ready = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _system.ActorOf(ReadyWatcher.Props(_host.ApiServer, nodes, _system.ActorOf(ReadyListener.Props(progress, nodes, ready))), "ready");
        await _host.Joined.ConfigureAwait(false);
        return await ready.Task.ConfigureAwait(false);
    }

    /// <summary>Requests finish, what runs here is handed over, the host leaves, the actor system ends.</summary>
    public Task Leave() => CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);

    public async ValueTask DisposeAsync()
    {
        await _frontEnd.DisposeAsync().ConfigureAwait(false);
        await _management.DisposeAsync().ConfigureAwait(false);
        await _system.Terminate().ConfigureAwait(false);
    }
}
