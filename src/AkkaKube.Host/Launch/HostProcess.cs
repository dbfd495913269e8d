using System.Diagnostics;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Launch;

/// <summary>A host that runs as a process of its own: this program again, with the command <c>up</c>. It stops in order when its standard input ends.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string name, Process process, TextWriter error)
    {
        (Name, _process) = (name, process);
        Ended = Follow(error);
    }

    public string Name { get; }

    public int Id => _process.Id;

    /// <summary>Completes when the host has said that it can be used; never, when it ends before.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes when the process has ended, with its exit code.</summary>
    public Task<int> Ended { get; }

    /// <summary>Starts one. What it writes to standard error comes out at <paramref name="error"/>, behind its name.</summary>
    public static HostProcess Start(string name, IReadOnlyList<string> words, TextWriter error)
    {
        // As this process was started: by the runtime with the assembly, or by the program file itself.
        var program = Environment.ProcessPath!;
        string[] before = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(HostProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. before, .. words]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return new HostProcess(name, Process.Start(start)!, error);
    }

    /// <summary>Lets it leave the cluster and end; by force where that takes too long. Returns its exit code.</summary>
    public async Task<int> Stop()
    {
        try { _process.StandardInput.Close(); }
        catch (IOException) { /* It has ended: its end of the pipe is closed. */ }
        try { return await Ended.WaitAsync(Patience).ConfigureAwait(false); }
        catch (TimeoutException)
        {
            _process.Kill();
            return await Ended.ConfigureAwait(false);
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> Follow(TextWriter error)
    {
        var errors = Task.Run(async () =>
        {
            while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line) await error.WriteLineAsync($"{Name}: {line}").ConfigureAwait(false);
        });
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(ReadyLine.Start, StringComparison.Ordinal)) _ready.TrySetResult();
        }

        await errors.ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }
}
