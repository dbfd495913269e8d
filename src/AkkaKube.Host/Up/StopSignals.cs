using System.Runtime.InteropServices;

namespace AkkaKube.Host.Up;

/// <summary>
/// Ctrl-C, SIGTERM and the end of the terminal (SIGHUP): the process does not end by them, but by having stopped everything in order. A process that stops with its input leaves Ctrl-C and SIGHUP,
/// which a terminal sends to all of them at once, to who started it.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _hangUp;
    private readonly PosixSignalRegistration _terminate;

    public StopSignals(bool withInput = false)
    {
        Action<PosixSignalContext> ofTerminal = withInput ? context => context.Cancel = true : On;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, ofTerminal);
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, ofTerminal);
        if (withInput) _ = FollowInput();
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, On);
    }

    /// <summary>Completes when one has come.</summary>
    public Task Stop => _asked.Task;

    public void Dispose()
    {
        _interrupt.Dispose();
        _hangUp.Dispose();
        _terminate.Dispose();
    }

    // Reading a pipe blocks its thread until the other end is gone.
    private Task FollowInput() => Task.Factory.StartNew(
        () =>
        {
            using var input = System.Console.OpenStandardInput();
            Span<byte> nothing = stackalloc byte[64];
            while (input.Read(nothing) > 0) { }
            _asked.TrySetResult();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void On(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _asked.TrySetResult();
    }
}
