using System.Diagnostics;
using System.Globalization;

namespace AkkaKube.Persistence.Tests;

/// <summary>Appends as fast as it can beside others of its kind, in a process of its own.</summary>
internal static class SharedWriter
{
    /// <summary>Says "ready", waits for a line, appends, says how many events each stream has by then, and waits for the end of the input.</summary>
    public static void Run(string path, string id, int count, TextReader input, TextWriter output)
    {
        using var table = new SqliteJournalTable(new SqliteSettings { Path = path, Shared = true, Patience = TimeSpan.FromMinutes(1) });
        output.WriteLine("ready");
        input.ReadLine();
        var longest = TimeSpan.Zero;
        for (var n = 1; n <= count; n++)
        {
            var start = Stopwatch.GetTimestamp();
            table.Append([new JournalEntry(id, n, "m", new byte[500], 0)]);
            if (Stopwatch.GetElapsedTime(start) is var took && took > longest) longest = took;
        }
        output.WriteLine(string.Join(' ', SharedSqliteSpec.Ids.Select(i => table.HighestSequenceNr(i, null).ToString(CultureInfo.InvariantCulture)))
            + string.Create(CultureInfo.InvariantCulture, $" longest {longest.TotalMilliseconds:0} ms"));
        input.ReadLine();
    }
}

/// <summary>Several processes, one file.</summary>
public sealed class SharedSqliteSpec : IDisposable
{
    private const int Count = 300;

    private readonly DatabaseFolder _folder = new();
    private readonly List<Process> _processes = [];

    public static IReadOnlyList<string> Ids { get; } = ["one", "two", "three"];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _folder.Dispose();
    }

    private Process Start(string id)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(SharedSqliteSpec).Assembly.Location, _folder.Path, id, Count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _processes.Add(process);
        return process;
    }

    [Fact]
    public async Task Three_processes_that_write_at_once_all_get_their_turn()
    {
        var all = Ids.Select(Start).ToList();
        foreach (var process in all) (await process.StandardOutput.ReadLineAsync()).ShouldBe("ready");
        foreach (var process in all) await process.StandardInput.WriteLineAsync("go");
        var ends = await Task.WhenAll(all.Select(p => p.StandardOutput.ReadLineAsync()));
        foreach (var process in all) process.StandardInput.Close();
        // When the first one had done all its writes, the others had done a fair part of theirs.
        var written = ends.Select(e => e!.Split(' ').Take(3).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList()).MinBy(n => n.Sum())!;
        written.Max().ShouldBe(Count);
        written.Min().ShouldBeGreaterThan(Count / 10, string.Join("; ", ends));
        using var table = new SqliteJournalTable(_folder.Shared().Sqlite!);
        foreach (var id in Ids) table.HighestSequenceNr(id, null).ShouldBe(Count);
    }

    [Fact]
    public async Task A_process_that_is_killed_while_it_writes_leaves_what_it_acknowledged_and_no_lock()
    {
        var process = Start("one");
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("ready");
        using var table = new SqliteJournalTable(_folder.Shared().Sqlite!);
        await process.StandardInput.WriteLineAsync("go");
        while (table.HighestSequenceNr("one", null) < 10) await Task.Yield();
        process.Kill();
        await process.WaitForExitAsync();
        table.Append([new JournalEntry("two", 1, "m", new byte[1], 0)]);
        var count = 0L;
        table.Read("one", 0, long.MaxValue, long.MaxValue, row => row.SequenceNr.ShouldBe(++count));
        count.ShouldBe(table.HighestSequenceNr("one", null));
    }

    [Fact]
    public void Who_shares_and_who_wants_it_alone_keep_each_other_out()
    {
        using (var first = DataDirectoryLock.Take(_folder.Path, shared: true))
        {
            using var second = DataDirectoryLock.Take(_folder.Path, shared: true);
            Should.Throw<DataDirectoryInUseException>(() => DataDirectoryLock.Take(_folder.Path, shared: false).Dispose());
        }
        using var alone = DataDirectoryLock.Take(_folder.Path, shared: false);
        Should.Throw<DataDirectoryInUseException>(() => DataDirectoryLock.Take(_folder.Path, shared: true).Dispose());
    }

    [Fact]
    public void A_turn_that_its_holder_never_gives_back_delays_and_does_not_stop_the_others()
    {
        using var table = new SqliteJournalTable(_folder.Shared().Sqlite!);
        using var stopped = new SqliteTurn(_folder.Path);
        stopped.TryTake().ShouldBeTrue();
        using var other = new SqliteTurn(_folder.Path);
        other.TryTake().ShouldBe(OperatingSystem.IsWindows());
        table.Append([new JournalEntry("one", 1, "m", new byte[1], 0)]);
        table.HighestSequenceNr("one", null).ShouldBe(1);
    }

    [Fact]
    public void A_file_that_others_keep_busy_for_too_long_fails_the_write()
    {
        var settings = _folder.Shared().Sqlite! with { Patience = TimeSpan.FromMilliseconds(50) };
        using var table = new SqliteJournalTable(settings);
        using var other = new SqliteConnection(_folder.Path, readOnly: false);
        other.Execute("BEGIN IMMEDIATE");
        Should.Throw<DatabaseUnreachableException>(() => table.Append([new JournalEntry("one", 1, "m", new byte[1], 0)])).Message.ShouldContain("kept busy");
        other.Execute("COMMIT");
        table.Append([new JournalEntry("one", 1, "m", new byte[1], 0)]);
    }
}
