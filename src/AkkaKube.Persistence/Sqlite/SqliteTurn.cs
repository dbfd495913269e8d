using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AkkaKube.Persistence;

/// <summary>
/// Whose turn it is to write next, among the processes that share a file. SQLite's own lock goes to whoever asks in the right moment, and that is
/// nearly always the process that has just given it back. Here the next one waits for the lock with the turn in its hand, and the process that comes
/// from its last write has to get the turn first. It is a courtesy, not a lock: who waits too long goes on without it, so a process that was stopped with the turn holds up
/// nobody. The operating system gives it back when the process ends. (Where there is no flock, everybody goes on without it.)
/// </summary>
internal sealed class SqliteTurn : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Unlock = 8;

    private readonly FileStream _file;

    public SqliteTurn(string databasePath) => _file = new FileStream(databasePath + ".turn", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    /// <summary>True when the turn is this process's.</summary>
    public bool TryTake() => OperatingSystem.IsWindows() || flock(_file.SafeFileHandle, Exclusive | DoNotWait) == 0;

    /// <summary>The next one may have it.</summary>
    public void Give()
    {
        if (!OperatingSystem.IsWindows()) _ = flock(_file.SafeFileHandle, Unlock);
    }

    public void Dispose() => _file.Dispose();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(SafeFileHandle file, int operation);
}
