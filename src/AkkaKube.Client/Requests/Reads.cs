using AkkaKube.Api;

namespace AkkaKube.Client.Requests;

/// <summary>Reads one object. Reply: <see cref="Succeeded"/> or <see cref="Failed"/>.</summary>
public sealed record Get(GroupVersionResource Resource, string Name) : ApiRequest(Resource)
{
    /// <summary>Status and scale can be read apart from the object.</summary>
    public Subresource Subresource { get; init; }

    /// <summary>Null: linearizable. "0": whatever the cache has. Else: not older than this.</summary>
    public string? ResourceVersion { get; init; }
}

/// <summary>Reads many objects. Reply: <see cref="Listed"/> or <see cref="Failed"/>.</summary>
public sealed record List(GroupVersionResource Resource) : ApiRequest(Resource)
{
    /// <summary>A label selector in its text form, e.g. <c>app=web,tier in (a,b)</c>; null selects all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>A field selector in its text form, e.g. <c>spec.nodeName=node-1</c>; null selects all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Null: linearizable. "0": whatever the cache has. Else see <see cref="ResourceVersionMatch"/>.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>"Exact" or "NotOlderThan"; null means the latter.</summary>
    public string? ResourceVersionMatch { get; init; }

    /// <summary>At most so many items, 0 for all; the reply's <see cref="Listed.Continue"/> gets the next ones.</summary>
    public long Limit { get; init; }

    /// <summary>Where an earlier list with a limit ended.</summary>
    public string? Continue { get; init; }
}

/// <summary>
/// Follows many objects. The sender gets <see cref="WatchEvents"/> from now on, until it sends <see cref="StopWatch"/>, stops
/// (the API server watches it), or gets <see cref="WatchEnded"/>. A refused watch is answered with <see cref="Failed"/> alone.
/// </summary>
public sealed record Watch(GroupVersionResource Resource) : ApiRequest(Resource)
{
    /// <inheritdoc cref="List.LabelSelector"/>
    public string? LabelSelector { get; init; }

    /// <inheritdoc cref="List.FieldSelector"/>
    public string? FieldSelector { get; init; }

    /// <summary>Only one object, by name; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>Events after this revision; null or "0" starts with an Added event for every object there is.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Starts with an Added event for every object as of now, then a bookmark with the annotation <c>k8s.io/initial-events-end</c>.</summary>
    public bool SendInitialEvents { get; init; }

    /// <summary>Wants bookmarks now and then.</summary>
    public bool AllowBookmarks { get; init; }

    /// <summary>Wants to know that it was taken: <see cref="WatchEvents"/> without events come first.</summary>
    public bool Acknowledge { get; init; }
}

/// <summary>Ends the watch of the sender with this tag. No reply.</summary>
public sealed record StopWatch(GroupVersionResource Resource, object? Tag);

/// <summary>Reads a container's log. Reply: <see cref="LogChunk"/>s, the last of them with <see cref="LogChunk.End"/>, or <see cref="Failed"/>.</summary>
public sealed record ReadLog(string Pod) : ApiRequest(GroupVersionResource.Pods)
{
    /// <summary>Null where the pod has only one container.</summary>
    public string? Container { get; init; }

    /// <summary>The pod's node, whose kubelet has the log. The API server fills it in.</summary>
    public string? Node { get; init; }

    /// <summary>Goes on with what the container writes from now on.</summary>
    public bool Follow { get; init; }

    /// <summary>The log of the container's previous instance.</summary>
    public bool Previous { get; init; }

    /// <summary>Only the last so many lines.</summary>
    public long? TailLines { get; init; }

    /// <summary>Only so many bytes.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Only what was written in the last so many seconds.</summary>
    public long? SinceSeconds { get; init; }

    /// <summary>Only what was written after this time.</summary>
    public DateTimeOffset? SinceTime { get; init; }

    /// <summary>Each line starts with its time, RFC 3339.</summary>
    public bool Timestamps { get; init; }
}
