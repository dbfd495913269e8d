using AkkaKube.Fabric;

namespace AkkaKube.Runtime;

/// <summary>A connected socket: a stream of the fabric as a file.</summary>
internal sealed class SocketFile(FabricStream stream) : OpenFile
{
    private Pending<bool>? _reader;
    private Pending<bool>? _writer;
    private bool _reset;

    public FabricStream Stream => stream;

    /// <summary>Closed by the process that held it; the stream may have to end yet.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>The address at the other end.</summary>
    public SocketAddress Remote => stream.Connection.Remote;

    public SocketAddress Local => stream.Connection.Local;

    public override async Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes)
    {
        if (_reset) return false;
        stream.Write(bytes);
        while (stream.Unsent > 0 && !_reset)
        {
            _writer = new Pending<bool>(process);
            await _writer;
        }

        return !_reset;
    }

    /// <summary>Says that nothing more will be written; the other end may go on.</summary>
    public void FinishWriting() => stream.Finish();

    /// <summary>Bytes, or nothing when the time has passed first.</summary>
    public async Routine<(ReadOnlyMemory<byte> Bytes, bool TimedOut)> ReadWithin(Process process, int most, TimeSpan? limit)
    {
        if (limit is null || stream.Available > 0 || stream.PeerFinished || _reset) return (await Read(process, most), false);
        _reader = new Pending<bool>(process);
        process.Kernel.Complete(_reader, limit.Value);
        return await _reader ? (await Read(process, most), false) : (default, true);
    }

    /// <summary>Applies a segment of the fabric.</summary>
    public void Handle(Connection.Segment segment)
    {
        switch (stream.Handle(segment))
        {
            case StreamEvent.Received or StreamEvent.Finished:
                Complete(ref _reader);
                break;
            case StreamEvent.Drained:
                Complete(ref _writer);
                break;
            case StreamEvent.Reset:
                _reset = true;
                Complete(ref _reader);
                Complete(ref _writer);
                break;
        }
    }

    protected override async Routine<ReadOnlyMemory<byte>> ReadNext(Process process, int most)
    {
        while (stream.Available == 0 && !stream.PeerFinished && !_reset)
        {
            _reader = new Pending<bool>(process);
            await _reader;
        }

        return stream.Take(most);
    }

    /// <summary>Closing with bytes unread resets the connection, as TCP does.</summary>
    protected override void Close()
    {
        IsReleased = true;
        if (stream.Available > 0) stream.Reset();
        else stream.Finish();
        Closed?.Invoke(this);
    }

    /// <summary>Told when the last holder has closed it.</summary>
    public Action<SocketFile>? Closed { get; set; }

    private static void Complete(ref Pending<bool>? waiter)
    {
        var pending = waiter;
        waiter = null;
        pending?.Complete(true);
    }
}

/// <summary>A listening socket: connections wait in it until they are accepted.</summary>
internal sealed class ListeningSocket(SocketAddress address, Action<ListeningSocket> close) : OpenFile
{
    private readonly Queue<SocketFile> _waiting = new();
    private Pending<SocketFile>? _acceptor;

    public SocketAddress Address => address;

    public Pending<SocketFile> Accept(Process process)
    {
        var pending = new Pending<SocketFile>(process);
        if (!_waiting.TryDequeue(out var socket))
        {
            _acceptor = pending;
            return pending;
        }

        process.Hold(socket);
        pending.Complete(socket);
        return pending;
    }

    public void Add(SocketFile socket)
    {
        var acceptor = _acceptor;
        _acceptor = null;
        if (acceptor?.Complete(socket) == true) acceptor.Owner.Hold(socket);
        else _waiting.Enqueue(socket);
    }

    protected override void Close()
    {
        foreach (var socket in _waiting) socket.Release();
        close(this);
    }
}
