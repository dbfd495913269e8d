using AkkaKube.Api;

namespace AkkaKube.Client.Requests;

/// <summary>A request that changes something. Reply: <see cref="Succeeded"/> with the object as stored, or <see cref="Failed"/>.</summary>
public abstract record WriteRequest(GroupVersionResource Resource) : ApiRequest(Resource)
{
    /// <summary>The name under which the writer owns fields (managedFields); null takes it from the user.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Everything but the write itself.</summary>
    public bool DryRun { get; init; }

    /// <summary>Strict, Warn or Ignore: what to do with unknown and duplicate fields.</summary>
    public string FieldValidation { get; init; } = "Ignore";
}

/// <summary>Creates <paramref name="Object"/>; a name may be left to the server by generateName.</summary>
public sealed record Create(GroupVersionResource Resource, ObjectBody Object) : WriteRequest(Resource)
{
    /// <summary>With <see cref="Subresource.Binding"/> or <see cref="Subresource.Eviction"/>: the name of the pod.</summary>
    public string? Name { get; init; }

    /// <summary>None, <see cref="Subresource.Binding"/> or <see cref="Subresource.Eviction"/>.</summary>
    public Subresource Subresource { get; init; }
}

/// <summary>Replaces an object; its metadata.resourceVersion, where set, must be the current one.</summary>
public sealed record Update(GroupVersionResource Resource, string Name, ObjectBody Object) : WriteRequest(Resource)
{
    /// <summary>None, Status, Scale or Finalize.</summary>
    public Subresource Subresource { get; init; }
}

/// <summary>Changes an object by a patch.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Type">How to read <paramref name="Body"/>.</param>
/// <param name="Body">The patch as JSON (YAML is JSON by then).</param>
public sealed record Patch(GroupVersionResource Resource, string Name, PatchType Type, ReadOnlyMemory<byte> Body) : WriteRequest(Resource)
{
    /// <summary>None, Status or Scale.</summary>
    public Subresource Subresource { get; init; }

    /// <summary>Server-side apply: takes fields over from other managers.</summary>
    public bool Force { get; init; }
}

/// <summary>The four kinds of patch of the Kubernetes API.</summary>
public enum PatchType
{
    /// <summary>application/json-patch+json (RFC 6902).</summary>
    Json,

    /// <summary>application/merge-patch+json (RFC 7386).</summary>
    Merge,

    /// <summary>application/strategic-merge-patch+json.</summary>
    StrategicMerge,

    /// <summary>application/apply-patch+yaml (server-side apply).</summary>
    Apply,
}

/// <summary>Deletes an object, or marks it for deletion where it has finalizers or a grace period.</summary>
public sealed record Delete(GroupVersionResource Resource, string Name) : WriteRequest(Resource)
{
    /// <summary>How and under which conditions.</summary>
    public DeleteOptions Options { get; init; } = DeleteOptions.None;
}

/// <summary>Deletes all objects that the selectors select. Reply: <see cref="Listed"/> with what was deleted.</summary>
public sealed record DeleteCollection(GroupVersionResource Resource) : WriteRequest(Resource)
{
    /// <inheritdoc cref="List.LabelSelector"/>
    public string? LabelSelector { get; init; }

    /// <inheritdoc cref="List.FieldSelector"/>
    public string? FieldSelector { get; init; }

    /// <summary>How and under which conditions.</summary>
    public DeleteOptions Options { get; init; } = DeleteOptions.None;
}

/// <summary>The options of a delete (meta/v1 DeleteOptions).</summary>
public sealed record DeleteOptions
{
    /// <summary>No options: the kind's own grace period and propagation.</summary>
    public static readonly DeleteOptions None = new();

    /// <summary>Seconds; null takes the object's own.</summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Background, Foreground or Orphan; null takes the kind's own.</summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Only if the object still has this uid.</summary>
    public string? PreconditionUid { get; init; }

    /// <summary>Only if the object still has this resourceVersion.</summary>
    public string? PreconditionResourceVersion { get; init; }
}
