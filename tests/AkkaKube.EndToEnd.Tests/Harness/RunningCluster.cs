using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>A cluster in a process of its own, started as the script <c>up</c> starts it.</summary>
public sealed partial class RunningCluster : IAsyncDisposable
{
    private readonly Process _process;
    private readonly bool _ownsData;

    private RunningCluster(Process process, string data, string ready, bool ownsData)
    {
        _process = process;
        _ownsData = ownsData;
        DataDirectory = data;
        Ready = ready;
    }

    /// <summary>The line that said the cluster is ready.</summary>
    public string Ready { get; }

    public string DataDirectory { get; }

    public string KubeConfig => Path.Combine(DataDirectory, "kubeconfig");

    public int ProcessId => _process.Id;

    /// <summary>What host.json says of the running cluster.</summary>
    public JsonElement Host => JsonDocument.Parse(File.ReadAllText(Path.Combine(DataDirectory, "host.json"))).RootElement;

    /// <summary>The API server's address, from host.json.</summary>
    public Uri Api => new(Host.GetProperty("api").GetString()!);

    /// <summary>The folder of the built host program.</summary>
    public static string App => Environment.GetEnvironmentVariable("AKKAKUBE_APP") ?? throw new InvalidOperationException("AKKAKUBE_APP is not set: run the tests by scripts/test.");

    public static string NewDataDirectory() => Directory.CreateTempSubdirectory("akkakube-e2e-").FullName;

    /// <summary>Starts a cluster and waits until it says that it is ready.</summary>
    public static async Task<RunningCluster> Start(int nodes = 3, string? data = null, params string[] more)
    {
        var ownsData = data is null;
        data ??= NewDataDirectory();
        var process = Up(["--nodes", nodes.ToString(CultureInfo.InvariantCulture), "--port", "0", "--data-dir", data, .. more]);
        var errors = process.StandardError.ReadToEndAsync();
        using var stop = new CancellationTokenSource(Command.Limit);
        while (await process.StandardOutput.ReadLineAsync(stop.Token) is { } line)
        {
            if (!ReadyLine().IsMatch(line)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // keeps the pipe empty
            return new RunningCluster(process, data, line, ownsData);
        }

        throw new InvalidOperationException("The cluster did not get ready: " + await errors);
    }

    /// <summary>Starts the host program with these options.</summary>
    public static Process Up(IEnumerable<string> options) => Command.Start("dotnet", [Path.Combine(App, "akkakube.dll"), "up", .. options]);

    /// <summary>kubectl as the admin of this cluster.</summary>
    public Kubectl Kubectl(string program = "kubectl") => new(program, KubeConfig);

    /// <summary>Ends the process as a power cut would.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end and returns its exit code.</summary>
    public async Task<int> Terminate()
    {
        (await Command.Run("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])).Succeeded();
        using var stop = new CancellationTokenSource(Command.Limit);
        await _process.WaitForExitAsync(stop.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
        if (_ownsData) Directory.Delete(DataDirectory, recursive: true);
    }

    [GeneratedRegex(@"^AkkaKube is ready: https://127\.0\.0\.1:\d+ \(\d+ nodes?, [\d.]+ s\) kubeconfig: .+$")]
    public static partial Regex ReadyLine();
}
