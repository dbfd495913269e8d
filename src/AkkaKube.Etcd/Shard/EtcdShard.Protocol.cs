using AkkaKube.Wire;

namespace AkkaKube.Etcd;

public sealed partial class EtcdShard
{
    /// <summary>A message that is answered with its own tag.</summary>
    public abstract record Request
    {
        /// <summary>Comes back in the reply.</summary>
        public object? Tag { get; init; }

        /// <summary>Only the incarnation of the shard with this number carries it out; null: whichever gets it.</summary>
        public long? For { get; init; }

        /// <summary>It was sent to the same incarnation before and not answered: what was carried out then is answered, not carried out again.</summary>
        public bool Again { get; init; }
    }

    /// <summary>Writes a key, if its revision is as expected. Reply: <see cref="Written"/>, <see cref="Conflict"/> or <see cref="Unavailable"/>.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Value">The new value.</param>
    /// <param name="ExpectedRevision">The revision that the key must have; null: it must not exist.</param>
    public sealed record Put(string Key, ReadOnlyMemory<byte> Value, long? ExpectedRevision) : Request
    {
        /// <summary>Where in the value the shard inserts the new revision in decimal digits; null: nowhere.</summary>
        public int? StampAt { get; init; }

        /// <summary>Given to <see cref="IValueViews"/> with the value; stays in the writer's process.</summary>
        [NotOnWire]
        public object? Draft { get; init; }

        /// <summary>The writer keeps the value: the reply need not repeat it.</summary>
        public bool Brief { get; init; }

        /// <summary>Whoever has to be the last that claimed the shard (<see cref="Range.Claim"/>); null: nobody may have.</summary>
        public string? Writer { get; init; }

        /// <summary>The step of a trace that the write is (W3C <c>traceparent</c>); goes on with the change.</summary>
        public string? TraceParent { get; init; }
    }

    /// <summary>Removes a key, if its revision is as expected. Reply: <see cref="Written"/>, <see cref="Conflict"/> or <see cref="Unavailable"/>.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="LastWords">What followers see of it with the deletion.</param>
    /// <param name="ExpectedRevision">The revision that the key must have.</param>
    public sealed record Delete(string Key, ReadOnlyMemory<byte> LastWords, long ExpectedRevision) : Request
    {
        /// <inheritdoc cref="Put.StampAt"/>
        public int? StampAt { get; init; }

        /// <inheritdoc cref="Put.Draft"/>
        [NotOnWire]
        public object? Draft { get; init; }

        /// <inheritdoc cref="Put.Brief"/>
        public bool Brief { get; init; }

        /// <inheritdoc cref="Put.Writer"/>
        public string? Writer { get; init; }

        /// <inheritdoc cref="Put.TraceParent"/>
        public string? TraceParent { get; init; }
    }

    /// <summary>Reads one key. Reply: <see cref="Found"/>.</summary>
    public sealed record Get(string Key) : Request;

    /// <summary>Reads the keys with a prefix. Reply: <see cref="Ranged"/>.</summary>
    public sealed record Range(string Prefix) : Request
    {
        /// <summary>The reply says also what led here, for readers that serve others who know an earlier revision.</summary>
        public bool WithHistory { get; init; }

        /// <summary>
        /// From now on, until somebody else claims the shard or it starts again, only writes with this <see cref="Put.Writer"/> are carried out. Who decides by all
        /// keys what to write to one claims with the read of them all, so that nothing can be written that he has not read.
        /// </summary>
        public string? Claim { get; init; }

        /// <summary>An answer of more bytes than this comes in <see cref="Part"/>s of about so many, each asked for by <see cref="NextPart"/>.</summary>
        public int? PartBytes { get; init; }
    }

    /// <summary>Asks for what comes after the last <see cref="Part"/> of the range with this tag.</summary>
    public sealed record NextPart : Request;

    /// <summary>Asks for the revision. Reply: <see cref="AtRevision"/>.</summary>
    public sealed record GetRevision : Request;

    /// <summary>
    /// The sender gets <see cref="Changes"/> of everything after <paramref name="Revision"/>, until it stops or sends <see cref="Unfollow"/>.
    /// Reply: <see cref="Following"/> before the first change, or <see cref="Compacted"/>.
    /// </summary>
    public sealed record Follow(long Revision) : Request;

    /// <summary>Ends what <see cref="Follow"/> began.</summary>
    public sealed record Unfollow;

    /// <summary>Asks whether this is the shard that answers, and which incarnation of it. Reply: <see cref="Opened"/>, when the shard may answer.</summary>
    public sealed record Open : Request;

    /// <summary>The shard is to go elsewhere: it finishes what it has accepted, refuses the rest, says <see cref="HandedOver"/> and stops.</summary>
    public sealed record HandOver;

    /// <summary>Forgets the changes up to <paramref name="Revision"/>. Reply: <see cref="AtRevision"/>.</summary>
    public sealed record Compact(long Revision) : Request;

    /// <summary>What every reply carries.</summary>
    public abstract record Reply(object? Tag)
    {
        /// <summary>Which incarnation of the shard answers; later ones have larger numbers. 0 where the shard never moves.</summary>
        public long Incarnation { get; init; }
    }

    /// <summary>The write is durable.</summary>
    public sealed record Written(object? Tag, Change Change) : Reply(Tag);

    /// <summary>The key's revision is not the expected one; nothing was written.</summary>
    /// <param name="Tag">The command's tag.</param>
    /// <param name="Current">What the key holds; null: nothing.</param>
    public sealed record Conflict(object? Tag, Entry? Current) : Reply(Tag);

    /// <summary>The journal failed. Whether a write was carried out is unknown; it was not acknowledged.</summary>
    public sealed record Unavailable(object? Tag, string Reason) : Reply(Tag)
    {
        /// <summary>It is certain that nothing was carried out: it may be asked again, of whoever is the shard then.</summary>
        public bool Refused { get; init; }
    }

    /// <summary>The shard was claimed by somebody else, or started again, since the writer claimed it; nothing was written.</summary>
    public sealed record NotClaimed(object? Tag) : Reply(Tag);

    /// <summary>This is the shard; <paramref name="Revision"/> is that of its last durable write.</summary>
    public sealed record Opened(object? Tag, long Revision) : Reply(Tag)
    {
        /// <summary>The shard knows which writes it has taken: one that is not answered may be sent again (<see cref="Request.Again"/>).</summary>
        public bool TakesRepeats { get; init; }
    }

    /// <summary>What a key holds; null: nothing.</summary>
    public sealed record Found(object? Tag, Entry? Entry, long Revision) : Reply(Tag);

    /// <summary>The entries of a range, in the order of their keys, as of a revision.</summary>
    public sealed record Ranged(object? Tag, IReadOnlyList<Entry> Entries, long Revision) : Reply(Tag)
    {
        /// <summary>The changes after <see cref="CompactedRevision"/>, where they were asked for.</summary>
        public IReadOnlyList<Change> History { get; init; } = [];

        /// <summary>Changes up to this revision are forgotten.</summary>
        public long CompactedRevision { get; init; } = Revision;
    }

    /// <summary>The first, or next, part of a range that is too long for one message; <see cref="Ranged"/> is the last.</summary>
    /// <param name="Tag">The range's tag.</param>
    /// <param name="Number">Counts the parts from 0.</param>
    /// <param name="Entries">As in <see cref="Ranged"/>.</param>
    /// <param name="History">As in <see cref="Ranged"/>.</param>
    public sealed record Part(object? Tag, int Number, IReadOnlyList<Entry> Entries, IReadOnlyList<Change> History) : Reply(Tag);

    /// <summary>The revision of the last durable write.</summary>
    public sealed record AtRevision(object? Tag, long Revision) : Reply(Tag);

    /// <summary>Changes will follow; <paramref name="Revision"/> is the current one.</summary>
    public sealed record Following(object? Tag, long Revision) : Reply(Tag);

    /// <summary>The changes after the asked revision are partly forgotten.</summary>
    public sealed record Compacted(object? Tag, long CompactedRevision) : Reply(Tag);

    /// <summary>What became durable, in order, without a gap.</summary>
    public sealed record Changes(IReadOnlyList<Change> Items);

    /// <summary>What was followed is not followed any more; whoever wants it follows again from where it is.</summary>
    public sealed record FollowEnded;

    /// <summary>To all who opened the shard: it has answered all that it accepted, and accepts no more.</summary>
    /// <param name="Incarnation">The one that ends.</param>
    /// <param name="LastWrite">The largest tag of a write of the receiver that was accepted: later ones were not carried out and will not be.</param>
    public sealed record HandedOver(long Incarnation, long LastWrite);
}
