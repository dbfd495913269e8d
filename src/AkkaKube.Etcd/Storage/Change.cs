using AkkaKube.Wire;

namespace AkkaKube.Etcd;

/// <summary>One change of one key: what the journal keeps and what followers get.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">What it holds from now on; after a delete: its last words, which followers see and nobody can read any more.</param>
/// <param name="Revision">Counts the changes of a shard.</param>
/// <param name="IsDelete">The key is gone with this change.</param>
public sealed record Change(string Key, ReadOnlyMemory<byte> Value, long Revision, bool IsDelete)
{
    /// <summary>The key did not exist before this change.</summary>
    public bool IsCreate { get; init; }

    /// <inheritdoc cref="Entry.View"/>
    [NotOnWire]
    public object? View { get; init; }

    /// <summary>The trace that brought it about; the journal does not keep it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>The changes that one journal write makes durable together; their revisions follow one another without a gap.</summary>
/// <param name="Changes">At least one, in the order of their revisions.</param>
public sealed record ChangeBatch(IReadOnlyList<Change> Changes);

/// <summary>All that a shard knows at a moment, from which a recovery starts.</summary>
/// <param name="Revision">The last one given out.</param>
/// <param name="CompactedRevision">Changes up to this one are forgotten.</param>
/// <param name="Entries">What every key holds.</param>
/// <param name="History">The changes after <paramref name="CompactedRevision"/>.</param>
public sealed record ShardSnapshot(long Revision, long CompactedRevision, IReadOnlyList<Entry> Entries, IReadOnlyList<Change> History);
