using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.Client.Tests;

/// <summary>Objects for tests.</summary>
internal static class Objects
{
    public static Pod Pod(string name, long revision = 1, string? uid = null, string? node = null, string? owner = null) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = "default",
            Uid = uid ?? "uid-" + name,
            ResourceVersion = revision.ToString(),
            OwnerReferences = owner is null ? [] : [new OwnerReference { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "rs", Uid = owner, Controller = true }],
        },
        Spec = new PodSpec { NodeName = node },
    };

    public static WatchEvent Added(Pod pod) => new(WatchEventType.Added, Stored(pod));

    public static WatchEvent Modified(Pod pod) => new(WatchEventType.Modified, Stored(pod));

    public static WatchEvent Deleted(Pod pod) => new(WatchEventType.Deleted, Stored(pod));

    public static WatchEvent Bookmark(long revision, bool initialEventsEnd = false) => new(WatchEventType.Bookmark, Stored(new Pod
    {
        Metadata = new ObjectMeta
        {
            ResourceVersion = revision.ToString(),
            Annotations = initialEventsEnd ? [new("k8s.io/initial-events-end", "true")] : [],
        },
    }));

    public static ApiObject Stored(IApiObject item) => ApiObject.Of(item);

    public static Status Status(int code, string reason = "") => new() { Code = code, Reason = reason, StatusValue = "Failure", Message = reason };
}
