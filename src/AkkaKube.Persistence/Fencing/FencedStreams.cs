using System.Collections.Concurrent;

namespace AkkaKube.Persistence;

/// <summary>
/// The fence that each stream got when it was recovered. It stays the same until the next recovery: a persistent actor that has slept through the
/// loss of its lease, and its host's taking it anew, would otherwise write with the right of its successor.
/// </summary>
internal sealed class FencedStreams(IFencing fencing)
{
    private readonly ConcurrentDictionary<string, Fence> _recovered = new(StringComparer.Ordinal);
    private readonly bool _off = fencing is NoFencing;

    /// <summary>Takes the fence of a stream that is being recovered.</summary>
    /// <exception cref="FencedException">This host does not hold the stream's lease.</exception>
    public Fence? Recover(string persistenceId)
    {
        if (_off) return null;
        if (fencing.FenceOf(persistenceId) is not { } fence) return null;
        return _recovered[persistenceId] = fence;
    }

    /// <summary>The fence of the stream's last recovery.</summary>
    /// <exception cref="FencedException">It was never recovered.</exception>
    public Fence? Of(string persistenceId)
    {
        if (_off) return null;
        return _recovered.TryGetValue(persistenceId, out var fence)
            ? fence
            : throw new FencedException($"{persistenceId} was not recovered by this host, so it has no lease to write with");
    }
}
