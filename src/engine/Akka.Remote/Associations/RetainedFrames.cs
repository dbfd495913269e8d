using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>
/// The frames of a session that the other side has not confirmed yet, counted from 1. When the connection breaks, the next one goes on after the last that
/// has arrived, so nothing is lost and nothing comes twice.
/// </summary>
internal sealed class RetainedFrames
{
    private const int ChunkSize = 64 * 1024;

    private readonly Queue<Chunk> _chunks = new();
    private Chunk? _last;

    private sealed class Chunk(long first)
    {
        public readonly WireBuffer Bytes = new(4096);
        public readonly long First = first;
        public int Count;
    }

    /// <summary>How many frames there were since the session began.</summary>
    public long Total { get; private set; }

    /// <summary>How many bytes are kept.</summary>
    public long Bytes { get; private set; }

    public void Add(ReadOnlySpan<byte> frames, int count)
    {
        if (_last is null || _last.Bytes.Length >= ChunkSize) _chunks.Enqueue(_last = new Chunk(Total + 1));
        _last.Bytes.WriteRaw(frames);
        _last.Count += count;
        Total += count;
        Bytes += frames.Length;
    }

    /// <summary>Lets go of what has arrived, a chunk at a time.</summary>
    public void Confirm(long received)
    {
        while (_chunks.TryPeek(out var oldest) && oldest.First + oldest.Count - 1 <= received)
        {
            _chunks.Dequeue();
            Bytes -= oldest.Bytes.Length;
            oldest.Bytes.Dispose();
            if (ReferenceEquals(oldest, _last)) _last = null;
        }
    }

    /// <summary>Writes all frames after the first <paramref name="received"/>; false when they are not all there.</summary>
    public bool TryWriteAfter(long received, WireBuffer to)
    {
        Confirm(received);
        if (received > Total || received + 1 < (_chunks.TryPeek(out var oldest) ? oldest.First : Total + 1)) return false;
        foreach (var chunk in _chunks)
        {
            var rest = chunk.Bytes.Written;
            for (var frame = chunk.First; frame <= received; frame++) rest = rest[(Frame.HeadLength + BitConverter.ToInt32(rest))..];
            to.WriteRaw(rest);
        }

        return true;
    }

    public void Clear()
    {
        foreach (var chunk in _chunks) chunk.Bytes.Dispose();
        _chunks.Clear();
        _last = null;
        Total = Bytes = 0;
    }
}
