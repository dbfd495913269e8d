using System.Net;
using Akka.Configuration;
using AkkaKube.ApiServer.Certificates;
using AkkaKube.Host.Composition;
using AkkaKube.Host.Data;
using AkkaKube.Persistence;

namespace AkkaKube.Host.Up;

/// <summary>
/// One run of <c>akkakube up --database ...</c>: a host of a cluster of many, until it is told to stop or to leave. Its actor system may end before that, when the others
/// have declared it dead; then a new one joins, at the same addresses.
/// </summary>
internal sealed class HostRun(UpOptions options, HostIdentity identity, DataDirectory data, Progress progress, TextWriter output, TextWriter error)
{
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterShortLife = TimeSpan.FromSeconds(2);
    private HostAddresses _addresses = HostAddresses.Of(options, identity);
    private bool _announced;

    /// <summary>Runs the host. Faults that it cannot recover from come out as exceptions.</summary>
    public async Task Run()
    {
        using var asked = new StopSignals(options.StopWithInput);
        using var held = data.Hold();
        var config = HostConfig.LoadHost(options, identity);
        var database = new DatabaseWait(identity.Database.Shown, identity.Name, progress, Say);
        HostCertificates? before = null;
        while (!asked.Stop.IsCompleted)
        {
            // The first thing to ask the database for: an actor system is made when it answers.
            progress.Show($"asking {identity.Database.Shown} for the certificates ...");
            Func<string, Task<IAsyncDisposable>>? receive = before is { } known ? async why => await WaitingRoom.Open(config, known.Cluster, _addresses.Api, why).ConfigureAwait(false) : null;
            if (await database.For(asked.Stop, () => Certificates(config), receive).ConfigureAwait(false) is not { } certificates) return;
            before = certificates;
            progress.Show("starting the API server ...");
            var born = TimeProvider.System.GetTimestamp();
            if (await database.For(asked.Stop, () => HostLife.Start(config, identity, _addresses, options.Nodes, certificates, data)).ConfigureAwait(false) is not { } life) return;
            await using (life.ConfigureAwait(false))
            {
                _addresses = life.Addresses;
                var ready = Announce(life, certificates.Cluster, asked.Stop);
                // What goes wrong there is said now, and not when the host is stopped one day.
                if (await Task.WhenAny(ready, life.Ended, asked.Stop).ConfigureAwait(false) == ready) await ready.ConfigureAwait(false);
                if (await Task.WhenAny(life.Ended, asked.Stop).ConfigureAwait(false) != life.Ended)
                {
                    progress.Show("leaving the cluster ...");
                    await life.Leave().ConfigureAwait(false);
                    await ready.ConfigureAwait(false);
                    progress.Clear();
                    return;
                }

                await ready.ConfigureAwait(false);
                progress.Clear();
                if (life.HasLeft)
                {
                    await Say($"{identity.Name} has left the cluster, as it was told to.").ConfigureAwait(false);
                    return;
                }

                await Say($"{identity.Name} is out of the cluster ({life.WhyEnded}); it joins anew.").ConfigureAwait(false);
            }

            // What ends again and again does not keep the machine busy.
            if (TimeProvider.System.GetElapsedTime(born) < ShortLife) await asked.Stop.Pause(AfterShortLife).ConfigureAwait(false);
        }
    }

    private async Task<HostCertificates> Certificates(Config config)
    {
        using var files = ClusterFiles.Open(config);
        return await HostCertificates.Get(data.Root, identity.Name, identity.Listen.Address, (name, make) => Task.FromResult(files.Find(name) ?? files.GetOrAdd(name, make())), TimeProvider.System.GetUtcNow()).ConfigureAwait(false);
    }

    /// <summary>Writes down where the host is, when it can be used; says so the first time.</summary>
    private async Task Announce(HostLife life, ClusterCertificates certificates, Task stop)
    {
        var ready = life.UntilReady(options.Nodes, progress);
        if (await Task.WhenAny(ready, life.Ended, stop).ConfigureAwait(false) != ready) return;
        var server = $"https://{_addresses.Api}";
        try { Write(life, server, certificates); }
        catch (Exception fault) when (_announced && fault is IOException or UnauthorizedAccessException)
        {
            // It serves at the addresses that it had before: no reason to end.
            await Say($"{identity.Name} serves again, but what says where cannot be written: {fault.Message}").ConfigureAwait(false);
        }

        progress.Clear();
        if (_announced) return;
        _announced = true;
        await output.WriteLineAsync(ReadyLine.Of(server, await ready.ConfigureAwait(false), TimeProvider.System.GetUtcNow() - UpRun.StartOfProcess(), data.KubeConfig)).ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
    }

    private void Write(HostLife life, string server, ClusterCertificates certificates)
    {
        Kubeconfig.Write(data.KubeConfig, server, options.Name, certificates);
        new HostFile(Environment.ProcessId, server, life.Addresses.Console!.ToString(), UpRun.Version(), identity.Name, _addresses.Remote.ToString()).Write(data.HostFile);
    }

    private Task Say(string line)
    {
        progress.Clear();
        return error.WriteLineAsync("akkakube: " + line);
    }
}

/// <summary>Where a host is reached. A port 0 is replaced by the one that the system gave, and stays so.</summary>
internal sealed record HostAddresses(IPEndPoint Api, IPEndPoint Remote, int? ConsolePort)
{
    public static HostAddresses Of(UpOptions options, HostIdentity identity) => new(new IPEndPoint(identity.Listen.Address, options.Port), identity.Listen, options.ConsolePort);

    /// <summary>Where the management port is, once it is open: on the address that the settings say.</summary>
    public IPEndPoint? Console { get; init; }
}
