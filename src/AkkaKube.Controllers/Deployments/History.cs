using AkkaKube.Api;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Deployments;

/// <summary>Old ReplicaSets are kept to roll back to, so many as the Deployment says.</summary>
internal static class History
{
    public static IEnumerable<Write> CleanUp(Rollout rollout)
    {
        if (rollout.Deployment.Spec.RevisionHistoryLimit is not { } limit || limit == int.MaxValue) return [];
        var alive = rollout.Old.Where(s => s.Metadata.DeletionTimestamp is null).ToList();
        return alive
            .OrderBy(Annotations.RevisionOf)
            .Take(Math.Max(0, alive.Count - limit))
            .Where(s => s is { Status.Replicas: 0, Spec.Replicas: 0 } && s.Metadata.Generation <= s.Status.ObservedGeneration)
            .Select(s => Write.Delete(GroupVersionResource.ReplicaSets, s));
    }
}
