using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>A request of this host that is not answered yet, and what is known of it.</summary>
internal sealed class Outstanding(long number, EtcdShard.Request request, IActorRef client, TimeSpan deadline)
{
    private List<Entry>? _entries;
    private List<Change>? _history;
    private int _parts;

    /// <summary>Its tag on the way.</summary>
    public long Number => number;

    public EtcdShard.Request Request => request;

    public IActorRef Client => client;

    /// <summary>When it is given up; each part of a long answer puts it off.</summary>
    public TimeSpan Deadline { get; set; } = deadline;

    /// <summary>The incarnation that it was sent to; null: it waits.</summary>
    public long? SentTo { get; set; }

    public TimeSpan SentAt { get; set; }

    /// <summary>A write that was sent again: that one copy was refused does not mean that the other was not carried out.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>What changes nothing may be asked twice of anybody; a write only of the very owner that knows what it has taken.</summary>
    public bool IsWrite => request is EtcdShard.Put or EtcdShard.Delete;

    /// <summary>What goes to the shard: with a number for a tag, for one incarnation alone.</summary>
    public EtcdShard.Request ForShard(long incarnation, bool isRemote, int partBytes) => (IsInDoubt ? request with { Again = true } : request) switch
    {
        EtcdShard.Put put => put with { Tag = number, For = incarnation, Brief = isRemote },
        EtcdShard.Delete delete => delete with { Tag = number, For = incarnation, Brief = isRemote },
        EtcdShard.Range range => range with { Tag = number, For = incarnation, PartBytes = partBytes },
        _ => request with { Tag = number, For = incarnation },
    };

    /// <summary>Takes a part of a long answer. False: it is not the one that comes next (the range was asked for again meanwhile).</summary>
    public bool Take(EtcdShard.Part part)
    {
        if (part.Number == 0) (_entries, _history, _parts) = ([], [], 0);
        if (part.Number != _parts) return false;
        _parts++;
        _entries!.AddRange(part.Entries);
        _history!.AddRange(part.History);
        return true;
    }

    /// <summary>The whole answer, of which <paramref name="last"/> is the end.</summary>
    public EtcdShard.Ranged Whole(EtcdShard.Ranged last) => _parts == 0 ? last : last with { Entries = [.. _entries!, .. last.Entries], History = [.. _history!, .. last.History] };

    /// <summary>What a write with a brief reply has written: the shard put only the revision in.</summary>
    public ReadOnlyMemory<byte> Value(long revision) => request switch
    {
        EtcdShard.Put put => RevisionStamp.Insert(put.Value, put.StampAt, revision),
        EtcdShard.Delete delete => RevisionStamp.Insert(delete.LastWords, delete.StampAt, revision),
        _ => throw new InvalidOperationException($"a {request.GetType().Name} writes nothing"),
    };

    public object? Draft => request switch
    {
        EtcdShard.Put put => put.Draft,
        EtcdShard.Delete delete => delete.Draft,
        _ => null,
    };
}
