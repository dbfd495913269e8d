using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>A cluster of several hosts on this machine, started as the script <c>cluster</c> starts it.</summary>
public sealed partial class RunningHosts : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _errors;

    private RunningHosts(Process process, string data, IReadOnlyList<string> lines, List<string> errors)
    {
        (_process, DataDirectory, Lines, _errors) = (process, data, lines, errors);
    }

    /// <summary>What it printed until it was ready.</summary>
    public IReadOnlyList<string> Lines { get; }

    public string DataDirectory { get; }

    public string KubeConfig => Path.Combine(DataDirectory, "kubeconfig");

    /// <summary>What the launcher and its hosts wrote to standard error.</summary>
    public string Errors { get { lock (_errors) return string.Join('\n', _errors); } }

    /// <summary>Starts a cluster and waits until it says that it is ready.</summary>
    public static async Task<RunningHosts> Start(int hosts, int nodes, bool postgres, params string[] more)
    {
        var data = RunningCluster.NewDataDirectory();
        string[] database = postgres ? ["--postgres"] : [];
        var process = Command.Start("dotnet", [Path.Combine(RunningCluster.App, "akkakube.dll"), "cluster", Text(hosts), "--nodes", Text(nodes), "--port", "0", "--data-dir", data, .. database, .. more]);
        var errors = new List<string>();
        var following = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line) lock (errors) errors.Add(line);
        });
        using var stop = new CancellationTokenSource(Command.Limit);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(stop.Token) is { } line)
        {
            lines.Add(line);
            if (!line.StartsWith("AkkaKube is ready: ", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // keeps the pipe empty
            return new RunningHosts(process, data, lines, errors);
        }

        await following;
        throw new InvalidOperationException("The cluster did not get ready: " + string.Join('\n', errors));
    }

    /// <summary>kubectl as the admin, by the server of one host.</summary>
    public Kubectl Kubectl(string host, string program = "kubectl") => new(program, KubeConfig, host);

    /// <summary>HTTPS as the admin, to the server of one host.</summary>
    public HttpClient Client(string host) => AdminClient.Of(KubeConfig, Api(host));

    public Uri Api(string host) => new(HostFile(host).GetProperty("api").GetString()!);

    public int ProcessId(string host) => HostFile(host).GetProperty("pid").GetInt32();

    public JsonElement HostFile(string host) => JsonDocument.Parse(File.ReadAllText(Path.Combine(DataDirectory, host, "host.json"))).RootElement;

    /// <summary>Ends a host as a power cut would.</summary>
    public Task Kill(string host) => Signal(host, "KILL");

    /// <summary>Stops a host's process where it stands.</summary>
    public Task Freeze(string host) => Signal(host, "STOP");

    /// <summary>Lets it go on.</summary>
    public Task Thaw(string host) => Signal(host, "CONT");

    /// <summary>Asks a host to leave; it is started again where the cluster was started with <c>--restart</c>.</summary>
    public Task Terminate(string host) => Signal(host, "TERM");

    /// <summary>Asks all to end; returns the exit code of the launcher.</summary>
    public async Task<int> Stop()
    {
        (await Command.Run("kill", ["-TERM", Text(_process.Id)])).Succeeded();
        using var stop = new CancellationTokenSource(Command.Limit);
        await _process.WaitForExitAsync(stop.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Stop();
        _process.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task Signal(string host, string signal) => (await Command.Run("kill", ["-" + signal, Text(ProcessId(host))])).Succeeded();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^h\d+  https://127\.0\.0\.1:\d+  remote 127\.0\.0\.1:\d+  console 127\.0\.0\.1:\d+  pid \d+$")]
    public static partial Regex HostLine();
}
