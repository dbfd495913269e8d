using System.Diagnostics;
using System.Globalization;

namespace AkkaKube.Console.Hosts;

/// <summary>This process, by the signals of the operating system.</summary>
public sealed class HostProcess : IHostProcess
{
    /// <inheritdoc/>
    public void Kill()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    /// <inheritdoc/>
    public void Freeze(TimeSpan time)
    {
        // Who sleeps cannot wake itself: a shell stops the process and wakes it.
        var seconds = time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        using var _ = Process.Start("/bin/sh", ["-c", $"kill -STOP {Environment.ProcessId}; sleep {seconds}; kill -CONT {Environment.ProcessId}"]);
    }
}
