using System.Diagnostics;
using System.Globalization;

namespace AkkaKube.Console.Hosts;

/// <summary>This process, by the signals of the operating system.</summary>
public sealed class HostProcess : IHostProcess
{
    private const string AnswerFirst = "0.3";

    /// <inheritdoc/>
    public void Kill()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    /// <inheritdoc/>
    public void Freeze(TimeSpan time)
    {
        // Who sleeps cannot wake itself: a shell stops the process and wakes it. It gives the answer time to leave, and keeps nothing open of what the
        // process has, so that nobody waits for the shell who waits for the process.
        var seconds = time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        using var _ = Process.Start("/bin/sh", ["-c", $"exec </dev/null >/dev/null 2>&1; sleep {AnswerFirst}; kill -STOP {Environment.ProcessId}; sleep {seconds}; kill -CONT {Environment.ProcessId}"]);
    }
}
