namespace AkkaKube.Runtime;

/// <summary>A pipe: what is written at one end is read at the other, with room for 64 KiB between them.</summary>
internal sealed class Pipe
{
    private const int Capacity = 64 * 1024;

    private readonly Queue<ReadOnlyMemory<byte>> _chunks = new();
    private ReadOnlyMemory<byte> _head;
    private int _held;
    private bool _readable = true;
    private bool _writable = true;
    private Queue<Pending<bool>>? _readers;
    private Queue<Pending<bool>>? _writers;

    public Pipe()
    {
        Reader = new ReadEnd(this);
        Writer = new WriteEnd(this);
    }

    public OpenFile Reader { get; }

    public OpenFile Writer { get; }

    private static Pending<bool> Await(ref Queue<Pending<bool>>? queue, Process process)
    {
        var pending = new Pending<bool>(process);
        (queue ??= new()).Enqueue(pending);
        return pending;
    }

    private static void WakeAll(Queue<Pending<bool>>? queue)
    {
        while (queue is not null && queue.TryDequeue(out var pending)) pending.Complete(true);
    }

    private async Routine<ReadOnlyMemory<byte>> Read(Process process, int most)
    {
        while (_held == 0 && _writable) await Await(ref _readers, process);
        if (_held == 0) return default;
        if (_head.IsEmpty) _head = _chunks.Dequeue();
        var taken = _head[..Math.Min(most, _head.Length)];
        _head = _head[taken.Length..];
        _held -= taken.Length;
        if (_held < Capacity / 2 || _head.IsEmpty) WakeAll(_writers);
        return taken;
    }

    private async Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes)
    {
        while (_held >= Capacity && _readable) await Await(ref _writers, process);
        if (!_readable) return false;
        if (bytes.IsEmpty) return true;
        _chunks.Enqueue(bytes);
        _held += bytes.Length;
        WakeAll(_readers);
        return true;
    }

    private sealed class ReadEnd(Pipe pipe) : OpenFile
    {
        protected override Routine<ReadOnlyMemory<byte>> ReadNext(Process process, int most) => pipe.Read(process, most);

        protected override void Close()
        {
            pipe._readable = false;
            WakeAll(pipe._writers);
        }
    }

    private sealed class WriteEnd(Pipe pipe) : OpenFile
    {
        public override Routine<bool> Write(Process process, ReadOnlyMemory<byte> bytes) => pipe.Write(process, bytes);

        protected override void Close()
        {
            pipe._writable = false;
            WakeAll(pipe._readers);
        }
    }
}
