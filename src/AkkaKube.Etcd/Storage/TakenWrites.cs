namespace AkkaKube.Etcd;

/// <summary>
/// Which writes of one proxy an incarnation of the shard has taken, and what came of the latest: an answer may get lost on the way, and a write that is
/// asked again must not be carried out again.
/// </summary>
internal sealed class TakenWrites(int kept = TakenWrites.Kept)
{
    private const int Kept = 1024;

    private readonly Dictionary<long, EtcdShard.Written?> _latest = [];
    private readonly Queue<long> _order = [];
    private long _forgotten;

    /// <summary>What is known of a write that is asked again.</summary>
    public enum State
    {
        /// <summary>It did not arrive before.</summary>
        New,

        /// <summary>It was taken; the answer comes when it is durable.</summary>
        Pending,

        /// <summary>It is durable.</summary>
        Done,

        /// <summary>It was asked too long ago.</summary>
        Forgotten,
    }

    /// <summary>The largest number that was taken.</summary>
    public long Last { get; private set; }

    /// <summary>The write with this number will be carried out.</summary>
    public void Take(long number)
    {
        Last = Math.Max(Last, number);
        if (!_latest.TryAdd(number, null)) return;
        _order.Enqueue(number);
        while (_order.Count > kept)
        {
            var oldest = _order.Dequeue();
            _latest.Remove(oldest);
            _forgotten = Math.Max(_forgotten, oldest);
        }
    }

    /// <summary>It was, with this result. What the writer has itself is not kept.</summary>
    public void Finish(long number, EtcdShard.Written written)
    {
        if (!_latest.ContainsKey(number)) return;
        var change = written.Change;
        _latest[number] = change.View is null && change.Value.IsEmpty ? written : written with { Change = change with { Value = default, View = null } };
    }

    /// <summary>What is known of a write.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="isAgain">Whether its sender has sent it before.</param>
    /// <param name="written">The result, where it is <see cref="State.Done"/>.</param>
    public State Find(long number, bool isAgain, out EtcdShard.Written? written)
    {
        if (_latest.TryGetValue(number, out written)) return written is null ? State.Pending : State.Done;
        return isAgain && number <= _forgotten ? State.Forgotten : State.New;
    }
}
