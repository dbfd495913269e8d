using AkkaKube.ApiServer.Certificates;
using AkkaKube.Host.Data;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Launch;

/// <summary>One run of <c>akkakube cluster</c>: the hosts are processes of their own, this one starts them, reports their ends, and stops them.</summary>
internal sealed class ClusterRun(ClusterOptions options, DataDirectory data, Progress progress, TextWriter output, TextWriter error)
{
    private static readonly TimeSpan AfterShortLife = TimeSpan.FromSeconds(2);
    private readonly List<HostProcess> _hosts = [];
    private string _database = "";

    /// <summary>Runs a cluster until it is told to stop. The exit code: 0, or 1 where it could not start.</summary>
    public static async Task<int> Run(ClusterOptions options, TextWriter output, TextWriter error)
    {
        var progress = new Progress(output, !System.Console.IsOutputRedirected);
        var errors = TextWriter.Synchronized(error);
        try
        {
            var data = DataDirectory.Open(options.DataDirectory);
            using var held = data.Hold();
            using var asked = new StopSignals();
            return await new ClusterRun(options, data, progress, output, errors).Run(asked.Stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is Refusal or IOException)
        {
            progress.Clear();
            await errors.WriteLineAsync("akkakube: " + failure.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private async Task<int> Run(Task stop)
    {
        if (options.ConfigFile is { } config && !File.Exists(config)) throw new Refusal($"the config file {config} does not exist.");
        var postgres = options.Postgres ? await PostgresServer.Start(data, options.Port == 0, progress).ConfigureAwait(false) : null;
        try
        {
            _database = postgres?.ConnectionString ?? data.Journal;
            // For whoever starts a further host, or one of these again, by hand.
            PrivateText.Write(data.Database, _database + "\n");
            for (var host = 1; host <= options.Hosts; host++) _hosts.Add(Start(host));
            if (await UntilReady(stop).ConfigureAwait(false) is { } refusal) return await Refused(refusal).ConfigureAwait(false);
            if (!stop.IsCompleted) await Announce().ConfigureAwait(false);
            await Watch(stop).ConfigureAwait(false);
            return 0;
        }
        finally
        {
            foreach (var host in _hosts)
            {
                progress.Show($"stopping {host.Name} ...");
                await host.Stop().ConfigureAwait(false);
                host.Dispose();
            }

            if (postgres is not null) await postgres.Stop().ConfigureAwait(false);
            progress.Clear();
        }
    }

    private HostProcess Start(int host, HostFile? before = null) => HostProcess.Start(ClusterOptions.NameOf(host), options.CommandLine(host, data, _database, FreePort.IsFree, before), error);

    /// <summary>Null when all can be used, or the stop came; else the host that did not get there.</summary>
    private async Task<HostProcess?> UntilReady(Task stop)
    {
        var waiting = _hosts.ToList();
        while (waiting.Count > 0)
        {
            progress.Show($"starting {string.Join(", ", waiting.Select(host => host.Name))} ...");
            var next = await Task.WhenAny([stop, .. waiting.SelectMany<HostProcess, Task>(host => [host.Ready, host.Ended])]).ConfigureAwait(false);
            if (next == stop) return null;
            if (waiting.Find(host => next == host.Ended && !host.Ready.IsCompleted) is { } ended) return ended;
            waiting.RemoveAll(host => host.Ready.IsCompleted);
        }

        return null;
    }

    private async Task<int> Refused(HostProcess host)
    {
        progress.Clear();
        // Why stands above, in the host's own words.
        await error.WriteLineAsync($"akkakube: {host.Name} has not started (exit code {await host.Ended.ConfigureAwait(false)}).").ConfigureAwait(false);
        return 1;
    }

    private async Task Announce()
    {
        progress.Clear();
        var files = _hosts.ConvertAll(host => HostFile.Read(FileOf(host)));
        var certificates = ClusterCertificates.LoadOrCreate(data.OfHost(_hosts[0].Name), TimeProvider.System.GetUtcNow());
        Kubeconfig.Write(data.KubeConfig, [.. files.Select(file => (file.Name!, file.Api))], certificates);
        foreach (var file in files) await output.WriteLineAsync(LineOf(file)).ConfigureAwait(false);
        await output.WriteLineAsync($"{ReadyLine.Start}{_hosts.Count} {(_hosts.Count == 1 ? "host" : "hosts")}, {options.Nodes} {(options.Nodes == 1 ? "node" : "nodes")}").ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Says when a host ends that nobody stopped, and starts it again where that was asked for.</summary>
    private async Task Watch(Task stop)
    {
        var running = _hosts.ToList();
        while (!stop.IsCompleted)
        {
            var next = await Task.WhenAny([stop, .. running.Select(host => host.Ended)]).ConfigureAwait(false);
            if (next == stop) return;
            var ended = running.Find(host => host.Ended == next)!;
            running.Remove(ended);
            var how = await ended.Ended.ConfigureAwait(false) is var code && code > 128 ? $"signal {code - 128}" : $"exit code {code}";
            await error.WriteLineAsync($"akkakube: {ended.Name} (process {ended.Id}) has ended by itself: {how}.").ConfigureAwait(false);
            if (!options.Restart) continue;
            // What ends before it can be used, again and again, does not keep the machine busy.
            if (!ended.Ready.IsCompletedSuccessfully) await stop.Pause(AfterShortLife).ConfigureAwait(false);
            if (stop.IsCompleted) return;
            var again = Start(_hosts.IndexOf(ended) + 1, HostFile.Read(FileOf(ended)));
            _hosts[_hosts.IndexOf(ended)] = again;
            running.Add(again);
            ended.Dispose();
            await error.WriteLineAsync($"akkakube: {again.Name} is started again (process {again.Id}).").ConfigureAwait(false);
        }
    }

    private string FileOf(HostProcess host) => Path.Combine(data.OfHost(host.Name), "host.json");

    private static string LineOf(HostFile file) => $"{file.Name}  {file.Api}  remote {file.Remote}  console {file.Console}  pid {file.Pid}";
}
