using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Http;

/// <summary>Reads HTTP messages off a socket.</summary>
internal sealed class HttpConnection(Process process, SocketFile socket)
{
    private const int LongestHead = 32 * 1024;
    private const int LongestBody = 16 * 1024 * 1024;

    private readonly List<byte> _buffer = [];
    private bool _ended;

    public SocketFile Socket => socket;

    /// <summary>When to give up a read; null never does.</summary>
    public TimeSpan? ReadTimeout { get; set; }

    /// <summary>Whether the last read ended because of <see cref="ReadTimeout"/>.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>What a server does with bytes that are no request.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>The next request; null when the client sends no more, or sends what is none.</summary>
    public async Routine<HttpRequest?> Request()
    {
        if (await Head() is not { } head) return null;
        var first = head.Start.Split(' ');
        if (first.Length != 3 || !first[2].StartsWith("HTTP/1.", StringComparison.Ordinal) || first[1].Length == 0)
        {
            IsMalformed = true;
            return null;
        }

        var body = await Body(head.Headers, untilEnd: false);
        return body is null ? null : new HttpRequest(first[0], first[1], first[2], head.Headers, body.Value);
    }

    /// <summary>The response to a request; null if the server has closed before its end.</summary>
    public async Routine<HttpResponse?> Response(bool toHead = false)
    {
        while (await Head() is { } head)
        {
            var first = head.Start.Split(' ', 3);
            if (first.Length < 2 || !first[0].StartsWith("HTTP/", StringComparison.Ordinal) || !int.TryParse(first[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)) return null;
            if (status is >= 100 and < 200) continue;
            if (toHead || status is 204 or 304) return new HttpResponse(status, head.Headers, default);
            return await Body(head.Headers, untilEnd: true) is { } body ? new HttpResponse(status, head.Headers, body) : null;
        }

        return null;
    }

    private async Routine<(string Start, List<KeyValuePair<string, string>> Headers)?> Head()
    {
        int end;
        while ((end = EndOfHead()) < 0)
        {
            if (_buffer.Count > LongestHead)
            {
                IsMalformed = true;
                return null;
            }

            if (!await More())
            {
                IsMalformed = _buffer.Count > 0 && !HasTimedOut;
                return null;
            }
        }

        var lines = Encoding.Latin1.GetString([.. _buffer[..end]]).Split('\n').Select(l => l.TrimEnd('\r')).SkipWhile(l => l.Length == 0).ToList();
        _buffer.RemoveRange(0, end);
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) headers.Add(KeyValuePair.Create(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        return (lines.Count == 0 ? "" : lines[0], headers);
    }

    /// <summary>Behind the empty line.</summary>
    private int EndOfHead()
    {
        var at = 0;
        // Empty lines before a message are skipped (RFC 9112, 2.2).
        while (at < _buffer.Count && _buffer[at] is (byte)'\r' or (byte)'\n') at++;
        for (; at < _buffer.Count; at++)
        {
            if (_buffer[at] != '\n') continue;
            if (at + 1 < _buffer.Count && _buffer[at + 1] == '\n') return at + 2;
            if (at + 2 < _buffer.Count && _buffer[at + 1] == '\r' && _buffer[at + 2] == '\n') return at + 3;
        }

        return -1;
    }

    private async Routine<ReadOnlyMemory<byte>?> Body(List<KeyValuePair<string, string>> headers, bool untilEnd)
    {
        if (HttpText.Find(headers, "Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true) return await Chunks();
        if (HttpText.Find(headers, "Content-Length") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > LongestBody)
            {
                IsMalformed = true;
                return null;
            }

            while (_buffer.Count < length)
            {
                if (!await More()) return null;
            }

            return Take(length);
        }

        if (!untilEnd) return default(ReadOnlyMemory<byte>);
        while (_buffer.Count < LongestBody && await More())
        {
        }

        return HasTimedOut ? null : Take(_buffer.Count);
    }

    private async Routine<ReadOnlyMemory<byte>?> Chunks()
    {
        var body = new List<byte>();
        while (true)
        {
            if (await Line() is not { } line || !int.TryParse(line.Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) || body.Count + length > LongestBody)
            {
                IsMalformed = true;
                return null;
            }

            while (_buffer.Count < length)
            {
                if (!await More()) return null;
            }

            body.AddRange(Take(length).Span);
            if (length > 0)
            {
                await Line();
                continue;
            }

            while (await Line() is { Length: > 0 })
            {
            }

            return body.ToArray();
        }
    }

    private async Routine<string?> Line()
    {
        int end;
        while ((end = _buffer.IndexOf((byte)'\n')) < 0)
        {
            if (_buffer.Count > LongestHead || !await More()) return null;
        }

        return Encoding.Latin1.GetString(Take(end + 1).Span).TrimEnd('\r', '\n');
    }

    private byte[] TakeArray(int count)
    {
        var taken = _buffer[..count].ToArray();
        _buffer.RemoveRange(0, count);
        return taken;
    }

    private ReadOnlyMemory<byte> Take(int count) => TakeArray(count);

    private async Routine<bool> More()
    {
        if (_ended) return false;
        var (chunk, timedOut) = await socket.ReadWithin(process, 64 * 1024, ReadTimeout);
        HasTimedOut = timedOut;
        if (chunk.IsEmpty)
        {
            _ended = true;
            return false;
        }

        _buffer.AddRange(chunk.Span);
        return true;
    }
}
