using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.ApiServer.Operations;

/// <summary>The scale subresource: the number of replicas of a workload, apart from everything else it says.</summary>
internal static class Scaling
{
    public static Scale ScaleOf(IApiObject workload) => workload switch
    {
        Deployment d => Of(d.Metadata, d.Spec.Replicas, d.Status.Replicas, d.Spec.Selector),
        ReplicaSet r => Of(r.Metadata, r.Spec.Replicas, r.Status.Replicas, r.Spec.Selector),
        _ => throw new RefusalException(Refusals.NoSuchResource()),
    };

    public static IApiObject WithReplicas(IApiObject workload, int replicas) => workload switch
    {
        Deployment d => d with { Spec = d.Spec with { Replicas = replicas } },
        ReplicaSet r => r with { Spec = r.Spec with { Replicas = replicas } },
        _ => workload,
    };

    private static Scale Of(ObjectMeta metadata, int? wanted, int actual, LabelSelector? selector) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = metadata.Name,
            Namespace = metadata.Namespace,
            Uid = metadata.Uid,
            ResourceVersion = metadata.ResourceVersion,
            CreationTimestamp = metadata.CreationTimestamp,
        },
        Spec = new ScaleSpec { Replicas = wanted ?? 1 },
        Status = new ScaleStatus { Replicas = actual, Selector = Selector.From(selector).ToString() },
    };
}
