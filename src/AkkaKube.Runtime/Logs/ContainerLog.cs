using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime;

/// <summary>
/// What a container has printed: whole lines with the time they were printed at, bounded; when it is full the older half is dropped,
/// as a rotated log file is.
/// </summary>
internal sealed class ContainerLog(long limit)
{
    private const int LongestLine = 16 * 1024;
    private const int ChunkSize = 256 * 1024;
    private const int EntryOverhead = 48;

    private readonly record struct Entry(DateTimeOffset Time, LogStream Stream, ReadOnlyMemory<byte> Lines);

    private List<Entry>? _entries;
    private byte[]?[]? _unfinished;
    private long _dropped;
    private long _size;

    /// <summary>Where the log ends now.</summary>
    public long End => _dropped + (_entries?.Count ?? 0);

    public void Write(LogStream stream, ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        var lastLine = bytes.Span.LastIndexOf((byte)'\n') + 1;
        var unfinished = _unfinished?[(int)stream];
        if (lastLine > 0)
        {
            var lines = bytes[..lastLine];
            Add(new Entry(now, stream, unfinished is null ? lines : (byte[])[.. unfinished, .. lines.Span]));
            unfinished = null;
        }

        var rest = bytes[lastLine..];
        if (!rest.IsEmpty) unfinished = unfinished is null ? rest.ToArray() : [.. unfinished, .. rest.Span];
        if (unfinished is { Length: > LongestLine })
        {
            Add(new Entry(now, stream, unfinished));
            unfinished = null;
        }

        if (unfinished is not null || _unfinished is not null) (_unfinished ??= new byte[2][])[(int)stream] = unfinished;
    }

    /// <summary>Nothing more comes: a last line without its end is a line too.</summary>
    public void Finish(DateTimeOffset now)
    {
        foreach (var stream in (ReadOnlySpan<LogStream>)[LogStream.Stdout, LogStream.Stderr])
        {
            if (_unfinished?[(int)stream] is { } rest) Add(new Entry(now, stream, rest));
        }

        _unfinished = null;
        _entries?.TrimExcess();
    }

    /// <summary>A chunk of the log; null where a follower has to wait.</summary>
    public ContainerRuntime.LogRead? Read(ContainerRuntime.ReadLog request, bool running)
    {
        var (at, skip) = request.From is { } from ? (Math.Max(from, _dropped), 0) : Start(request);
        var chunk = new List<byte>();
        var enough = Math.Min(request.LimitBytes ?? long.MaxValue, ChunkSize);
        for (; at < End && chunk.Count < enough; at++)
        {
            var entry = _entries![(int)(at - _dropped)];
            if ((request.Stream is { } stream && entry.Stream != stream) || entry.Time < request.Since) continue;
            Append(chunk, entry, skip, request.Timestamps);
            skip = 0;
        }

        if (request.LimitBytes is { } most && chunk.Count >= most) return new ContainerRuntime.LogRead(chunk.ToArray().AsMemory(0, (int)most), at, End: true, request.Tag);
        var end = at == End && !(request.Follow && running);
        return chunk.Count == 0 && !end ? null : new ContainerRuntime.LogRead(chunk.ToArray(), at, end, request.Tag);
    }

    /// <summary>The last bytes of the log, for the message of a container that failed: 80 lines or 2 KiB at the most.</summary>
    public string Tail(long lines = 80, int bytes = 2048)
    {
        var read = Read(new ContainerRuntime.ReadLog("") { TailLines = lines }, running: false)!.Bytes;
        return Encoding.UTF8.GetString(read.Span[Math.Max(0, read.Length - bytes)..]);
    }

    private static void Append(List<byte> chunk, Entry entry, int skip, bool timestamps)
    {
        var lines = entry.Lines.Span;
        var number = 0;
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n') is var newline && newline < 0 ? lines.Length : newline + 1;
            if (number++ >= skip)
            {
                if (timestamps && (chunk.Count == 0 || chunk[^1] == '\n')) chunk.AddRange(Encoding.ASCII.GetBytes(TimeText(entry.Time)));
                chunk.AddRange(lines[..end]);
            }

            lines = lines[end..];
        }
    }

    private static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z '", CultureInfo.InvariantCulture);

    /// <summary>The entry that the asked-for lines start in, and how many of its lines come before them.</summary>
    private (long At, int Skip) Start(ContainerRuntime.ReadLog request)
    {
        if (request.TailLines is not { } wanted) return (_dropped, 0);
        var at = End;
        var found = 0L;
        while (at > _dropped && found < wanted)
        {
            at--;
            var entry = _entries![(int)(at - _dropped)];
            if ((request.Stream is null || entry.Stream == request.Stream) && !(entry.Time < request.Since)) found += LinesIn(entry.Lines.Span);
        }

        return (at, (int)Math.Max(0, found - wanted));
    }

    private static int LinesIn(ReadOnlySpan<byte> bytes) => bytes.Count((byte)'\n') + (bytes[^1] == '\n' ? 0 : 1);

    private void Add(Entry entry)
    {
        (_entries ??= new List<Entry>(2)).Add(entry);
        _size += entry.Lines.Length + EntryOverhead;
        if (_size <= limit) return;
        var drop = 0;
        while (_size > limit / 2 && drop < _entries.Count - 1) _size -= _entries[drop++].Lines.Length + EntryOverhead;
        _entries.RemoveRange(0, drop);
        _dropped += drop;
    }
}
