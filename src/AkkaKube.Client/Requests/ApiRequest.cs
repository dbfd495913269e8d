using AkkaKube.Api;
using AkkaKube.Client.Tracing;

namespace AkkaKube.Client.Requests;

/// <summary>What every request to the API server says: who asks, and for which resource.</summary>
/// <param name="Resource">The group, version and plural name, e.g. <c>apps/v1 deployments</c>.</param>
public abstract record ApiRequest(GroupVersionResource Resource)
{
    /// <summary>The namespace; null for a cluster-scoped resource, or for all namespaces in a list or watch.</summary>
    public string? Namespace { get; init; }

    /// <summary>Whoever asks; authorization and the fields a writer owns depend on it.</summary>
    public required UserInfo User { get; init; }

    /// <summary>Comes back in every reply to this request, so that an actor with many requests under way can tell the replies apart.</summary>
    public object? Tag { get; init; }

    /// <summary>The step of a trace that the request is part of (W3C <c>traceparent</c>); null: it begins one, or <see cref="CausedBy"/> says.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The change that made the sender act; null where a person did.</summary>
    public CausedBy? CausedBy { get; init; }
}

/// <summary>An authenticated user (Kubernetes: user.Info).</summary>
/// <param name="Name">E.g. <c>kubernetes-admin</c> or <c>system:node:node-1</c>.</param>
/// <param name="Groups">E.g. <c>system:masters</c>, <c>system:nodes</c>.</param>
public sealed record UserInfo(string Name, ValueList<string> Groups);

/// <summary>The part of an object that a request is about; the object itself when none is named.</summary>
public enum Subresource
{
    /// <summary>The object itself.</summary>
    None,

    /// <summary>Its status.</summary>
    Status,

    /// <summary>Its scale (autoscaling/v1 Scale).</summary>
    Scale,

    /// <summary>The binding of a pod to a node.</summary>
    Binding,

    /// <summary>The logs of a pod.</summary>
    Log,

    /// <summary>The finalizers of a namespace.</summary>
    Finalize,

    /// <summary>The eviction of a pod.</summary>
    Eviction,
}
