using System.Net;
using System.Reflection;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
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

/// <summary>One run of <c>akkakube up</c>: from the options to the end of the process.</summary>
internal static class UpRun
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a cluster until it is told to stop. The exit code: 0, or 1 where it could not start.</summary>
    public static async Task<int> Run(UpOptions options, TextWriter output, TextWriter error)
    {
        var progress = new Progress(output, !System.Console.IsOutputRedirected);
        ActorSystem? system = null;
        try
        {
            var host = options.Host();
            progress.Show("opening the data directory ...");
            var data = DataDirectory.Open(options.DataDirectory);
            if (host is not null)
            {
                await new HostRun(options, host, data, progress, output, error).Run().ConfigureAwait(false);
                return 0;
            }

            var certificates = ClusterCertificates.LoadOrCreate(data.Root, TimeProvider.System.GetUtcNow());
            var config = HostConfig.Load(options, data.Journal, certificates.AuthorityPem);
            system = Start(config);
            await Serve(options, data, certificates, system, progress, output).ConfigureAwait(false);
            return 0;
        }
        catch (Exception failure) when (RefusalOf(failure) is { } refusal)
        {
            progress.Clear();
            await error.WriteLineAsync("akkakube: " + refusal).ConfigureAwait(false);
            if (system is not null) await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
            return 1;
        }
    }

    private static ActorSystem Start(Config config)
    {
        var system = ActorSystem.Create("akkakube", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new SqlPersistenceSetup(EtcdEventCodec.Create()), LoggerFactorySetup.OnStandardError()));
        try
        {
            // What is wrong with the database is said now, and not by the first write.
            SqlPersistence.Get(system);
            return system;
        }
        catch
        {
            system.Terminate();
            throw;
        }
    }

    private static async Task Serve(UpOptions options, DataDirectory data, ClusterCertificates certificates, ActorSystem system, Progress progress, TextWriter output)
    {
        var settings = ApiServerSettings.From(system.Settings.Config);
        progress.Show("starting the API server ...");
        using var asked = new StopSignals(options.StopWithInput);
        var cluster = Cluster.Start(system, options.Nodes);
        await using var frontEnd = await HttpFrontEnd.Start(system, cluster.ApiServer, settings, certificates, new IPEndPoint(IPAddress.Loopback, options.Port), ClusterRandom.Of(system).Create("http")).ConfigureAwait(false);
        var consoleSettings = ConsoleSettings.From(system.Settings.Config);
        var console = system.ActorOf(ConsoleActor.Props(ConsoleComposition.SingleHost(consoleSettings, cluster)), "console");
        system.ActorOf(MemoryWatch.Props(MemorySettings.From(system.Settings.Config), new ProcessMemory()), "memory");
        await using var management = await ManagementPort.Start(consoleSettings with { Port = options.ConsolePort ?? consoleSettings.Port }, data.Token, console).ConfigureAwait(false);

        var server = new Uri($"https://{frontEnd.Endpoint}");
        var ready = UntilReady(system, cluster, options.Nodes, progress);
        if (await Task.WhenAny(ready, asked.Stop).ConfigureAwait(false) == ready) await Announce(await ready.ConfigureAwait(false)).ConfigureAwait(false);

        await asked.Stop.ConfigureAwait(false);
        progress.Show("stopping ...");
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
        progress.Clear();

        async Task Announce(int nodes)
        {
            Kubeconfig.Write(data.KubeConfig, server.GetLeftPart(UriPartial.Authority), options.Name, certificates);
            new HostFile(Environment.ProcessId, server.GetLeftPart(UriPartial.Authority), management.Address.ToString(), Version()).Write(data.HostFile);
            progress.Clear();
            await output.WriteLineAsync(ReadyLine.Of(server.GetLeftPart(UriPartial.Authority), nodes, TimeProvider.System.GetUtcNow() - StartOfProcess(), data.KubeConfig)).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
        }
    }

    private static async Task<int> UntilReady(ActorSystem system, Cluster cluster, int nodes, Progress progress)
    {
        var ready = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(ReadyWatcher.Props(cluster.ApiServer, nodes, system.ActorOf(ReadyListener.Props(progress, nodes, ready))), "ready");
        return await ready.Task.WaitAsync(ReadyLimit).ConfigureAwait(false);
    }

    /// <summary>What the user gets to see of a failure; null: it is a fault of the program.</summary>
    internal static string? RefusalOf(Exception failure) => failure switch
    {
        Refusal refusal => refusal.Message,
        DataDirectoryInUseException inUse => inUse.Message + ". Stop it, or choose another directory with --data-dir.",
        JournalException journal => journal.Message,
        ConfigurationException setting => setting.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } or Microsoft.AspNetCore.Connections.AddressInUseException =>
            failure.Message.TrimEnd('.') + ". Choose another port with --port; 0 picks a free one.",
        System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.AccessDenied } =>
            "this user may not listen on that port (the first 1024 are root's). Choose another one with --port; 0 picks a free one.",
        System.Net.Sockets.SocketException socket => $"cannot listen: {socket.Message}. Choose another port with --port; 0 picks a free one.",
        IOException or UnauthorizedAccessException => failure.Message,
        TimeoutException => $"the cluster did not get ready within {ReadyLimit.TotalMinutes} minutes.",
        _ => null,
    };

    /// <summary>When the program was started.</summary>
    public static DateTimeOffset StartOfProcess()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }

    /// <summary>Of the program.</summary>
    public static string Version() => typeof(UpRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
