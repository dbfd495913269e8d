using System.Diagnostics;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>A command that goes on, with all that it has printed.</summary>
internal sealed class Tail : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _listening;

    public Tail(Pbm pbm, string command)
    {
        _process = pbm.Start(command);
        _listening = Task.Run(async () =>
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line) lock (_lines) _lines.Add(line);
        });
    }

    /// <summary>Waits until a line with these words was printed.</summary>
    public Task Tells(string what, Func<Task>? meanwhile = null) => Eventually.Holds(async () =>
    {
        if (meanwhile is not null) await meanwhile();
        lock (_lines) _lines.ShouldContain(line => line.Contains(what, StringComparison.Ordinal));
    });

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _listening;
        _process.Dispose();
    }
}
