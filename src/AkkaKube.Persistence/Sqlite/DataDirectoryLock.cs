using System.Globalization;

namespace AkkaKube.Persistence;

/// <summary>
/// Keeps a database file to one process, or to those that share it. The operating system gives the lock back when the process ends, however it ends.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string? _owner;

    private DataDirectoryLock(FileStream held, string? owner)
    {
        _lock = held;
        _owner = owner;
    }

    /// <summary>Takes it, or says who has it.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it for itself, or several share what was asked for alone.</exception>
    /// <exception cref="JournalException">The folder cannot be written to.</exception>
    public static DataDirectoryLock Take(string databasePath, bool shared)
    {
        var owner = databasePath + ".owner";
        try
        {
            if (shared) return new DataDirectoryLock(new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read), null);
            var held = new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Beside the lock: a locked file cannot be read by who wants to know whose it is.
            File.WriteAllText(owner, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} ({Path.GetFileName(Environment.ProcessPath)})"));
            return new DataDirectoryLock(held, owner);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new JournalException($"Cannot write to {Path.GetDirectoryName(Path.GetFullPath(databasePath))}: {e.Message}", e);
        }
        catch (IOException e)
        {
            if (!File.Exists(databasePath + ".lock")) throw new JournalException(e.Message, e);
            throw new DataDirectoryInUseException(Path.GetDirectoryName(Path.GetFullPath(databasePath))!, File.Exists(owner) ? File.ReadAllText(owner) : "another process");
        }
    }

    public void Dispose()
    {
        if (_owner is not null) File.Delete(_owner);
        _lock.Dispose();
    }
}
