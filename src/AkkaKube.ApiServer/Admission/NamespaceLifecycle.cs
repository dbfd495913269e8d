using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.ApiServer.Admission;

/// <summary>Nothing is created in a namespace that is not there or is ending, and some namespaces never end (Kubernetes: NamespaceLifecycle).</summary>
internal static class NamespaceLifecycle
{
    /// <summary>Why nothing can be created in a namespace; null: it can.</summary>
    public static Status? RefuseCreate(GroupVersionResource resource, string name, string @namespace, Namespace? found)
    {
        if (found is null) return Refusals.NotFound(GroupVersionResource.Namespaces, @namespace);
        if (found.Status.Phase != "Terminating" && found.Metadata.DeletionTimestamp is null) return null;
        var refusal = Refusals.Forbidden(resource, name, $"unable to create new content in namespace {@namespace} because it is being terminated");
        var cause = new StatusCause { Reason = "NamespaceTerminating", Message = $"namespace {@namespace} is being terminated", Field = "metadata.namespace" };
        return refusal with { Details = refusal.Details! with { Causes = [cause] } };
    }

    /// <summary>Why a namespace cannot be deleted; null: it can.</summary>
    public static Status? RefuseDelete(GroupVersionResource resource, string name) =>
        resource == GroupVersionResource.Namespaces && name is "default" or "kube-system" or "kube-public"
            ? Refusals.Forbidden(resource, name, "this namespace may not be deleted")
            : null;
}
