using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Messages that wait for the home of their shard, in the order in which they came.</summary>
internal sealed class ShardBuffers(int limit)
{
    private readonly SortedDictionary<string, List<Waiting>> _waiting = new(StringComparer.Ordinal);

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>The shards that something waits for.</summary>
    public IReadOnlyCollection<string> Shards => _waiting.Keys;

    /// <summary>Whether something waits for a shard.</summary>
    public bool Has(string shard) => _waiting.ContainsKey(shard);

    /// <summary>Keeps a message; false: there is no room.</summary>
    public bool TryAdd(string shard, object message, IActorRef? sender)
    {
        if (Count >= limit) return false;
        if (!_waiting.TryGetValue(shard, out var list)) _waiting[shard] = list = [];
        list.Add(new Waiting(message, sender));
        Count++;
        return true;
    }

    /// <summary>Puts back what a shard could not deliver any more; it came before all that waits.</summary>
    public void PutBack(string shard, IReadOnlyList<Waiting> earlier)
    {
        if (earlier.Count == 0) return;
        if (!_waiting.TryGetValue(shard, out var list)) _waiting[shard] = list = [];
        list.InsertRange(0, earlier);
        Count += earlier.Count;
    }

    /// <summary>Takes out all that waits for a shard.</summary>
    public IReadOnlyList<Waiting> Take(string shard)
    {
        if (!_waiting.Remove(shard, out var list)) return [];
        Count -= list.Count;
        return list;
    }
}

/// <summary>A message and who sent it.</summary>
internal readonly record struct Waiting(object Message, IActorRef? Sender);
