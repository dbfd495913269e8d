using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AkkaKube.Benchmarks.Clients;

/// <summary>One keep-alive HTTPS/1.1 connection that costs the machine as little as possible: the server is what is measured.</summary>
public sealed class HttpsConnection : IAsyncDisposable
{
    private readonly SslStream _stream;
    private readonly string _host;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private HttpsConnection(SslStream stream, string host) => (_stream, _host) = (stream, host);

    public static async Task<HttpsConnection> Open(Uri server, X509Certificate2 client)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host, ClientCertificates = [client] });
        return new HttpsConnection(stream, $"{server.Host}:{server.Port}");
    }

    /// <summary>A request as bytes, to be sent as often as wanted.</summary>
    public byte[] Request(string method, string path, ReadOnlySpan<byte> body = default)
    {
        var head = $"{method} {path} HTTP/1.1\r\nHost: {_host}\r\nAccept: application/json\r\n" + (body.IsEmpty ? "\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>Sends a request and reads its answer to the end; the code and the number of body bytes.</summary>
    public async ValueTask<(int Code, long Length)> Send(ReadOnlyMemory<byte> request)
    {
        await _stream.WriteAsync(request);
        var (code, length) = await ReadHead();
        return (code, length >= 0 ? await Skip(length) : await SkipChunks());
    }

    /// <summary>Sends a request and passes the lines of its (chunked) answer on until <paramref name="enough"/> says so.</summary>
    public async Task ReadLines(ReadOnlyMemory<byte> request, Func<ReadOnlyMemory<byte>, bool> enough)
    {
        await _stream.WriteAsync(request);
        await ReadHead();
        var line = new ArrayBufferWriter<byte>(16 * 1024);
        for (var left = await ChunkSize(); left > 0; left = await ChunkSize())
        {
            // A line may lie in many chunks, a chunk may hold many lines.
            while (left > 0)
            {
                if (_start == _end) await Fill();
                var part = _buffer.AsMemory(_start, (int)Math.Min(left, _end - _start));
                var end = part.Span.IndexOf((byte)'\n');
                if (end >= 0) part = part[..(end + 1)];
                line.Write(part.Span);
                _start += part.Length;
                left -= part.Length;
                if (end < 0) continue;
                if (enough(line.WrittenMemory)) return;
                line.ResetWrittenCount();
            }

            await Skip(2);
        }

        throw new IOException("The answer ended before there was enough of it.");
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    /// <summary>The code, and the length of the body; -1: it comes in chunks.</summary>
    private async ValueTask<(int Code, long Length)> ReadHead()
    {
        int head;
        while ((head = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0) await Fill();
        var header = _buffer.AsSpan(_start, head + 2);
        Utf8Parser.TryParse(header[9..12], out int code, out _);
        var length = ContentLength(header);
        _start += head + 4;
        return (code, length);
    }

    private static long ContentLength(ReadOnlySpan<byte> header)
    {
        var at = header.IndexOf("Content-Length: "u8);
        if (at < 0) return -1;
        Utf8Parser.TryParse(header[(at + 16)..], out long length, out _);
        return length;
    }

    private async ValueTask<long> Skip(long length)
    {
        for (var left = length; left > 0;)
        {
            if (_start == _end) await Fill();
            var taken = (int)Math.Min(left, _end - _start);
            _start += taken;
            left -= taken;
        }

        return length;
    }

    private async ValueTask<long> SkipChunks()
    {
        long total = 0;
        long size;
        do
        {
            size = await ChunkSize();
            await Skip(size + 2);
            total += size;
        }
        while (size > 0);
        return total;
    }

    private async ValueTask<long> ChunkSize()
    {
        int line;
        while ((line = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0) await Fill();
        Utf8Parser.TryParse(_buffer.AsSpan(_start, line), out long size, out _, 'x');
        _start += line + 2;
        return size;
    }

    private async ValueTask Fill()
    {
        if (_start == _end) _start = _end = 0;
        else if (_end == _buffer.Length)
        {
            if (_start > 0) _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            else Array.Resize(ref _buffer, _buffer.Length * 2);
            (_start, _end) = (0, _end - _start);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end));
        if (read == 0) throw new IOException("The server closed the connection.");
        _end += read;
    }
}
