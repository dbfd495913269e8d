using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AkkaKube.Persistence;

/// <summary>
/// Whose turn it is to write next, among the processes that share a file. SQLite's own lock goes to whoever asks in the right moment, and that is
/// nearly always the process that has just given it back. Here the next one waits for the lock with the turn in its hand, and the process that comes
/// from its last write has to get the turn first. It is a courtesy, not a lock: who waits too long goes on without it, so a process that was stopped with the turn holds up
/// nobody. The operating system gives it back when the process ends. (Elsewhere than on Linux everybody goes on without it.)
/// </summary>
internal sealed class SqliteTurn : IDisposable
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Unlock = 8;

    private const int ReadWriteCreateCloseOnExec = 0x2 | 0x40 | 0x80000;
    private const int ForEverybody = 0x1b6;

    private readonly SafeFileHandle? _file;

    public SqliteTurn(string databasePath)
    {
        // Not as a FileStream: it locks by flock what it opens.
        if (OperatingSystem.IsLinux()) _file = open(databasePath + ".turn", ReadWriteCreateCloseOnExec, ForEverybody);
    }

    /// <summary>True when the turn is this one's.</summary>
    public bool TryTake() => _file is null || _file.IsInvalid || flock(_file, Exclusive | DoNotWait) == 0;

    /// <summary>The next one may have it.</summary>
    public void Give()
    {
        if (_file is { IsInvalid: false }) _ = flock(_file, Unlock);
    }

    public void Dispose() => _file?.Dispose();

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle open(string path, int flags, int mode);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(SafeFileHandle file, int operation);
}
