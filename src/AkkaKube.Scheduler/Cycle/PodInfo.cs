using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>A pod with all that the plugins would otherwise compute again for every node.</summary>
internal sealed class PodInfo
{
    private static readonly AffinityTerm[] None = [];

    public PodInfo(Pod pod)
    {
        Pod = pod;
        Requests = PodRequests.Of(pod);
        NonZeroRequests = PodRequests.NonZero(pod);
        HostPorts = Cycle.HostPorts.Of(pod);
        if (pod.Spec.Affinity is not { } affinity) return;
        if (affinity.PodAffinity is { } near)
        {
            RequiredAffinity = AffinityTerm.Required(pod, near.RequiredDuringSchedulingIgnoredDuringExecution);
            PreferredAffinity = AffinityTerm.Preferred(pod, near.PreferredDuringSchedulingIgnoredDuringExecution);
        }

        if (affinity.PodAntiAffinity is { } far)
        {
            RequiredAntiAffinity = AffinityTerm.Required(pod, far.RequiredDuringSchedulingIgnoredDuringExecution);
            PreferredAntiAffinity = AffinityTerm.Preferred(pod, far.PreferredDuringSchedulingIgnoredDuringExecution);
        }
    }

    public Pod Pod { get; }

    public ObjectKey Key => new(Pod.Metadata.Namespace, Pod.Metadata.Name ?? "");

    public string Uid => Pod.Metadata.Uid ?? "";

    public Resources Requests { get; }

    /// <summary>The requests with a minimum where none is declared, for scores.</summary>
    public Resources NonZeroRequests { get; }

    public IReadOnlyList<HostPort> HostPorts { get; }

    public AffinityTerm[] RequiredAffinity { get; } = None;

    public AffinityTerm[] RequiredAntiAffinity { get; } = None;

    public AffinityTerm[] PreferredAffinity { get; } = None;

    public AffinityTerm[] PreferredAntiAffinity { get; } = None;

    /// <summary>Whether the pod says anything of other pods.</summary>
    public bool HasAffinity => RequiredAffinity.Length + PreferredAffinity.Length + RequiredAntiAffinity.Length + PreferredAntiAffinity.Length > 0;

    /// <summary>Whether a pod that fits nowhere now counts as one that ends: it no longer counts in spreading.</summary>
    public bool IsTerminating => Pod.Metadata.DeletionTimestamp is not null;
}
