using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Client.Requests;

/// <summary>What every reply of the API server carries: the tag of its request.</summary>
public abstract record ApiReply(object? Tag);

/// <summary>The request was carried out.</summary>
/// <param name="Tag">The request's tag.</param>
/// <param name="Object">The object as it is now (after a delete: as it was, or as it is while it ends; for scale: the Scale).</param>
/// <param name="Warnings">Texts for the Warning header.</param>
public sealed record Succeeded(object? Tag, ApiObject Object, ValueList<string> Warnings) : ApiReply(Tag)
{
    /// <summary>A create made a new object (201), or a server-side apply did.</summary>
    public bool Created { get; init; }

    /// <summary>A delete that removed the object at once where the API answers with a Status instead of the object.</summary>
    public Status? Status { get; init; }
}

/// <summary>The request was refused, or failed; nothing was changed.</summary>
public sealed record Failed(object? Tag, Status Status) : ApiReply(Tag);

/// <summary>The objects that a list found.</summary>
/// <param name="Tag">The request's tag.</param>
/// <param name="Items">In the order of their keys.</param>
/// <param name="ResourceVersion">As of this revision; a watch may start from it.</param>
public sealed record Listed(object? Tag, IReadOnlyList<ApiObject> Items, long ResourceVersion) : ApiReply(Tag)
{
    /// <summary>Where the next page starts; null at the end.</summary>
    public string? Continue { get; init; }

    /// <summary>How many items are left after this page, where known.</summary>
    public long? RemainingItemCount { get; init; }
}

/// <summary>What happened to objects that a watch follows, in order.</summary>
public sealed record WatchEvents(object? Tag, IReadOnlyList<WatchEvent> Events) : ApiReply(Tag);

/// <summary>The watch is over; a status 410 Expired asks the client to list again.</summary>
public sealed record WatchEnded(object? Tag, Status Status) : ApiReply(Tag);

/// <summary>One change of one object.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it (Deleted: its last state, with the revision of the deletion; Bookmark: only a resourceVersion).</param>
public readonly record struct WatchEvent(WatchEventType Type, ApiObject Object);

/// <summary>The kinds of watch event. An object that starts or ceases to match the selector is Added or Deleted.</summary>
public enum WatchEventType
{
    /// <summary>Is there now.</summary>
    Added,

    /// <summary>Is different now.</summary>
    Modified,

    /// <summary>Is gone now.</summary>
    Deleted,

    /// <summary>All up to this revision was sent.</summary>
    Bookmark,
}

/// <summary>Some bytes of a log, in order.</summary>
public sealed record LogChunk(object? Tag, ReadOnlyMemory<byte> Bytes, bool End) : ApiReply(Tag);
