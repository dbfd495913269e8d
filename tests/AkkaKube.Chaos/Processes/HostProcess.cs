using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AkkaKube.Chaos.Places;

namespace AkkaKube.Chaos.Processes;

/// <summary>One host of a cluster: a process that is started, killed, frozen and started again.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly IPlaces _places;
    private readonly IReadOnlyList<string> _program;
    private readonly string _log;
    private readonly object _writing = new();
    private Process? _process;

    private HostProcess(string name, IPlaces places, IReadOnlyList<string> program, string data, WallClock? clock)
    {
        (Name, _places, Data, Clock) = (name, places, data, clock);
        _program = clock is null ? program : clock.Command(program);
        _log = Path.Combine(data, "output.log");
    }

    public string Name { get; }

    public string Data { get; }

    /// <summary>What it takes for the time of day; null where it can only be the true one.</summary>
    public WallClock? Clock { get; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Of the program itself, whatever started it.</summary>
    public int ProcessId => Host.GetProperty("pid").GetInt32();

    public Uri Api => new(Host.GetProperty("api").GetString()!);

    public Uri Console => new($"http://{Host.GetProperty("console").GetString()}/");

    /// <summary>The password of its console.</summary>
    public string Token => File.ReadAllText(Path.Combine(Data, "token")).Trim();

    private JsonElement Host => JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "host.json"))).RootElement;

    /// <summary>A host that is to run on the machine of its name.</summary>
    /// <param name="name">Of the host and its machine.</param>
    /// <param name="places">Where machines are.</param>
    /// <param name="app">The folder of the built program.</param>
    /// <param name="database">What it shares with the other hosts; null: it is a whole cluster by itself.</param>
    /// <param name="data">Its own folder.</param>
    /// <param name="ports">Of the API server, of remoting, of the console.</param>
    /// <param name="nodes">Of the cluster.</param>
    public static async Task<HostProcess> Prepare(string name, IPlaces places, string app, string? database, string data, (int Api, int Remoting, int Console) ports, int nodes)
    {
        Directory.CreateDirectory(data);
        var address = await places.AddressOf(name);
        string[] shared = database is null ? [] : ["--database", database, "--host-name", name, "--listen", $"{address}:{Text(ports.Remoting)}", "--console-port", Text(ports.Console)];
        // The console is asked from outside of the machine.
        var settings = Path.Combine(data, "host.conf");
        await File.WriteAllTextAsync(settings, $"akkakube.console.address = \"{address}\"\n");
        return new HostProcess(name, places, ["dotnet", Path.Combine(app, "akkakube.dll"), "up", .. shared, "--port", Text(ports.Api), "--nodes", Text(nodes), "--data-dir", data, "--config", settings], data, WallClock.TryMake(data));
    }

    /// <summary>Starts it; <see cref="Ready"/> waits until it serves.</summary>
    public void Start()
    {
        var command = _places.Command(Name, _program);
        File.Delete(Path.Combine(Data, "host.json"));
        // A session of its own: the end of the shell that started all this would wake a frozen host (SIGCONT goes to an orphaned process group).
        _process = Shell.Start("setsid", command);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends when the host has said that it is ready.</summary>
    public async Task Ready(TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(Data, "host.json")))
        {
            if (!IsRunning) throw new ShellException($"{Name} ended with {_process?.ExitCode}: {LastLines()}");
            if (waited.Elapsed > limit) throw new ShellException($"{Name} was not ready within {limit}: {LastLines()}");
            await Task.Delay(50);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        await Signal("KILL");
        await _process!.WaitForExitAsync();
        if (Clock is not null) WallClock.Forget(_process.Id);
    }

    /// <summary>Asks it to leave and waits until it has.</summary>
    public async Task Stop()
    {
        await Signal("TERM");
        await _process!.WaitForExitAsync();
    }

    public Task Freeze() => Signal("STOP");

    public Task Thaw() => Signal("CONT");

    public string LastLines() => File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(20)) : "";

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await Kill();
        _process?.Dispose();
    }

    // setsid and ip netns exec become the program, so the process id is the program's.
    private async Task Signal(string name) => await Shell.Run("kill", $"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_writing) File.AppendAllText(_log, line + "\n");
    }
}
