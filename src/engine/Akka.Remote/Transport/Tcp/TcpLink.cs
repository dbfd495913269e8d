using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Serialization;

namespace Akka.Remote.Transport.Tcp;

/// <summary>
/// A connection over TCP. Reading is a turn of the dispatcher: it takes what has come, hands the frames on, asks for more, and then the thread
/// runs an actor that it has woken.
/// </summary>
internal sealed class TcpLink : ILink, IRunnable
{
    private const int SmallBuffer = 64 * 1024;
    private const int ReadsInARow = 16;

    private readonly TcpTransport _transport;
    private readonly MessageDispatcher _dispatcher;
    private readonly Stream _stream;
    private readonly Socket _socket;
    private readonly Action _readDone;
    private readonly Action _writeDone;
    private byte[] _buffer = new byte[SmallBuffer];
    private int _filled;
    private ILinkHandler _handler = null!;
    private ValueTaskAwaiter<int> _read;
    private bool _reading;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _write;
    private int _closed;
    private int _toldClosed;

    public TcpLink(TcpTransport transport, ActorSystemImpl system, Stream stream, Socket socket, string peer)
    {
        _transport = transport;
        _dispatcher = system.Dispatchers.DefaultGlobalDispatcher;
        _stream = stream;
        _socket = socket;
        Peer = peer;
        _readDone = () => _dispatcher.RunOnPool(this);
        _writeDone = WriteIsDone;
    }

    public string Peer { get; }

    public void Start(ILinkHandler handler)
    {
        _handler = handler;
        handler.Opened(this);
        _dispatcher.Execute(this);
    }

    void IThreadPoolWorkItem.Execute() => _dispatcher.RunOnPool(this);

    /// <summary>Takes what has come until there is no more.</summary>
    public void Run()
    {
        try
        {
            for (var left = ReadsInARow; left > 0; left--)
            {
                if (_reading)
                {
                    _reading = false;
                    var count = _read.GetResult();
                    if (count == 0)
                    {
                        Ended(null);
                        return;
                    }

                    _filled += count;
                    HandOn();
                }

                if (Volatile.Read(ref _closed) != 0)
                {
                    Ended(null);
                    return;
                }

                _read = _stream.ReadAsync(_buffer.AsMemory(_filled)).GetAwaiter();
                _reading = true;
                if (_read.IsCompleted) continue;
                _read.UnsafeOnCompleted(_readDone);
                return;
            }

            // Others may wait for this thread.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        catch (Exception cause)
        {
            Ended(Volatile.Read(ref _closed) != 0 ? null : cause);
        }
    }

    private void HandOn()
    {
        var start = 0;
        while (_filled - start >= 4)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(start));
            if (length < 1 || length > _handler.MaximumFrame) throw new FormatException($"A frame of {length} bytes was announced; {_handler.MaximumFrame} are allowed");
            if (_filled - start - 4 < length)
            {
                MakeRoom(ref start, length + 4);
                break;
            }

            _handler.Received(_buffer.AsSpan(start + 4, length));
            start += 4 + length;
        }

        if (start == 0) return;
        if (start < _filled) Buffer.BlockCopy(_buffer, start, _buffer, 0, _filled - start);
        _filled -= start;
        if (_filled == 0 && _buffer.Length > SmallBuffer * 4) _buffer = new byte[SmallBuffer];
    }

    private void MakeRoom(ref int start, int needed)
    {
        if (_buffer.Length >= needed) return;
        // Grows with what has come, so that an announcement alone takes no memory.
        var larger = new byte[Math.Min(needed, Math.Max(_buffer.Length * 2, SmallBuffer))];
        Buffer.BlockCopy(_buffer, start, larger, 0, _filled - start);
        _filled -= start;
        start = 0;
        _buffer = larger;
    }

    public bool Write(WireBuffer frames)
    {
        if (Volatile.Read(ref _closed) != 0) return true;
        try
        {
            var write = _stream.WriteAsync(frames.WrittenMemory);
            if (write.IsCompleted)
            {
                write.GetAwaiter().GetResult();
                return true;
            }

            _write = write.ConfigureAwait(false).GetAwaiter();
            _write.UnsafeOnCompleted(_writeDone);
            return false;
        }
        catch (Exception cause)
        {
            Abort(cause);
            return true;
        }
    }

    private void WriteIsDone()
    {
        try
        {
            _write.GetResult();
        }
        catch (Exception cause)
        {
            Abort(cause);
        }

        _handler.Written();
    }

    private void Abort(Exception cause)
    {
        Ended(Volatile.Read(ref _closed) != 0 ? null : cause);
    }

    private void Ended(Exception? cause)
    {
        Close();
        if (Interlocked.Exchange(ref _toldClosed, 1) == 0) _handler.Closed(cause);
    }

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        _transport.Remove(this);
        try
        {
            // What was written gets out; the reading side ends, and with it the turn that waits for it.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // It was gone already.
        }
        catch (ObjectDisposedException)
        {
            // So it was.
        }

        _stream.Dispose();
    }
}
