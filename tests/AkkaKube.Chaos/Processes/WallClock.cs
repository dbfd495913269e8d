using System.Globalization;

namespace AkkaKube.Chaos.Processes;

/// <summary>
/// The time of day as one process sees it, which can be made to jump while it runs; its monotonic clock goes on as ever. Debian's libfaketime, loaded
/// before all else, reads from a file how far off the clock is.
/// </summary>
public sealed class WallClock
{
    private static readonly string[] Folders = ["/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib/faketime", "/usr/lib64/faketime"];

    /// <summary>How long a process remembers what it has read.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private readonly string _library;
    private readonly string _file;

    private WallClock(string library, string file) => (_library, _file) = (library, file);

    /// <summary>A clock that is right until it is told to jump; null where the library is not installed.</summary>
    public static WallClock? TryMake(string folder)
    {
        var library = Folders.Select(f => Path.Combine(f, "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);
        if (library is null) return null;
        var clock = new WallClock(library, Path.Combine(folder, "clock"));
        clock.Write(TimeSpan.Zero);
        return clock;
    }

    /// <summary>A command line whose program goes by this clock.</summary>
    public IReadOnlyList<string> Command(IReadOnlyList<string> program) =>
    [
        "env", $"LD_PRELOAD={_library}", $"FAKETIME_TIMESTAMP_FILE={_file}", $"FAKETIME_CACHE_DURATION={Remembered.TotalSeconds.ToString(CultureInfo.InvariantCulture)}",
        // Else timed waits, which go by the monotonic clock, would end too early.
        "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_FORCE_MONOTONIC_FIX=0", "NO_FAKE_STAT=1", .. program,
    ];

    /// <summary>The clock is so far ahead of the true time from now on, or behind it; ends when the process has taken notice.</summary>
    public async Task JumpTo(TimeSpan ahead)
    {
        Write(ahead);
        await Task.Delay(Remembered * 1.5);
    }

    /// <summary>What the library leaves behind of a process that was killed.</summary>
    public static void Forget(int processId)
    {
        var id = processId.ToString(CultureInfo.InvariantCulture);
        File.Delete($"/dev/shm/faketime_shm_{id}");
        File.Delete($"/dev/shm/sem.faketime_sem_{id}");
    }

    // In one step: a process that reads half of it would see another time.
    private void Write(TimeSpan ahead)
    {
        File.WriteAllText(_file + ".new", ahead.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
