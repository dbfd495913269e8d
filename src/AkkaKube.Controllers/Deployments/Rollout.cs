using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Ownership;

namespace AkkaKube.Controllers.Deployments;

/// <summary>Where a Deployment stands: its ReplicaSet of the current template, and those of earlier ones.</summary>
/// <param name="Deployment">The Deployment.</param>
/// <param name="New">The set with the Deployment's template; null before it is made.</param>
/// <param name="Old">All its other sets, the oldest first.</param>
internal sealed record Rollout(Deployment Deployment, ReplicaSet? New, IReadOnlyList<ReplicaSet> Old)
{
    public int Desired => Deployment.Spec.Replicas ?? 1;

    public bool IsRolling => Deployment.Spec.Strategy.Type != DeploymentStrategyType.Recreate;

    /// <summary>How many pods more than desired there may be.</summary>
    public int MaxSurge => IsRolling ? Fenceposts.Resolve(Deployment.Spec.Strategy.RollingUpdate, Desired).Surge : 0;

    /// <summary>How many of the desired pods may be missing.</summary>
    public int MaxUnavailable => IsRolling && Desired > 0 ? Math.Min(Desired, Fenceposts.Resolve(Deployment.Spec.Strategy.RollingUpdate, Desired).Unavailable) : 0;

    public IEnumerable<ReplicaSet> All => New is null ? Old : Old.Append(New);

    /// <summary>The sets that are to have pods.</summary>
    public IEnumerable<ReplicaSet> Active => All.Where(s => s.Size() > 0);

    public int TotalSize => All.Sum(s => s.Size());

    public int TotalAvailable => All.Sum(s => s.Status.AvailableReplicas);

    /// <summary>The Deployment was scaled since its sets got their sizes.</summary>
    public bool WasScaled => Active.Any(s => Annotations.DesiredOf(s) is { } desired && desired != Desired);

    public static Rollout Of(Deployment deployment, IEnumerable<ReplicaSet> sets)
    {
        var ordered = sets.OrderBy(s => s.Metadata.CreationTimestamp).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal).ToList();
        var template = WithoutHash(deployment.Spec.Template);
        var current = ordered.Find(s => WithoutHash(s.Spec.Template) == template);
        return new Rollout(deployment, current, ordered.FindAll(s => !ReferenceEquals(s, current)));
    }

    /// <summary>Every pod is of the new template and available.</summary>
    public bool IsComplete(DeploymentStatus status) =>
        status.UpdatedReplicas == Desired && status.Replicas == Desired && status.AvailableReplicas == Desired && status.ObservedGeneration >= Deployment.Metadata.Generation;

    internal static PodTemplateSpec WithoutHash(PodTemplateSpec template) =>
        template with { Metadata = template.Metadata with { Labels = template.Metadata.Labels.Remove(PodTemplateHash.Label) } };
}

/// <summary>The sizes of ReplicaSets.</summary>
internal static class ReplicaSetSize
{
    public static int Size(this ReplicaSet set) => set.Spec.Replicas ?? 1;
}
