using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Deployments;

/// <summary>Takes one step of a rollout: each time it finds what comes next, and asks for that alone.</summary>
internal sealed class DeploymentReconciler(Lister<Deployment> deployments, Lister<ReplicaSet> sets, Lister<Pod> pods) : IReconciler
{
    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (deployments.Find(key) is not { } deployment) return [];
        if (deployment.Spec.Selector is not { } labels || labels == new LabelSelector()) return SelectsAll(deployment);
        var claim = Claim.Of(deployment, Selector.From(labels).Matches, sets, GroupVersionResource.ReplicaSets);
        if (claim.Writes.Count > 0) return claim.Writes;
        var rollout = Rollout.Of(deployment, claim.Objects);
        if (deployment.Metadata.DeletionTimestamp is not null) return NewReplicaSet.Sync(rollout, now) ?? DeploymentStatusRules.Sync(rollout, now);
        if (PausedCondition.Of(deployment, now) is { } condition) return [StatusWrite(deployment, deployment.Status.With(condition))];
        if (deployment.Spec.Paused || rollout.WasScaled) return Scale(rollout, now);
        return deployment.Spec.Strategy.Type == DeploymentStrategyType.Recreate ? Recreate(rollout, now) : Roll(rollout, now);
    }

    internal static Write StatusWrite(Deployment deployment, DeploymentStatus status) =>
        Write.UpdateStatus(GroupVersionResource.Deployments, deployment with { Status = status });

    private static IEnumerable<Write> SelectsAll(Deployment deployment)
    {
        yield return Write.Record(deployment, "Warning", "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.");
        if (deployment.Status.ObservedGeneration < deployment.Metadata.Generation)
            yield return StatusWrite(deployment, deployment.Status with { ObservedGeneration = deployment.Metadata.Generation });
    }

    /// <summary>Only the size changes, or nothing may roll: all sets keep their proportions.</summary>
    private static IEnumerable<Write> Scale(Rollout rollout, DateTimeOffset now)
    {
        if (NewReplicaSet.Sync(rollout, now) is { } writes) return writes;
        List<Write> all = [.. Resize(rollout, ProportionalScaling.Sizes(rollout))];
        if (rollout.Deployment.Spec.Paused) all.AddRange(History.CleanUp(rollout));
        return all.Concat(DeploymentStatusRules.Sync(rollout, now));
    }

    private static IEnumerable<Write> Roll(Rollout rollout, DateTimeOffset now)
    {
        if (NewReplicaSet.SyncOrCreate(rollout, now) is { } writes) return writes;
        List<Write> resized = [.. Resize(rollout, RollingUpdate.Up(rollout))];
        if (resized.Count == 0) resized = [.. Resize(rollout, RollingUpdate.Down(rollout))];
        return Finish(rollout, resized, now);
    }

    private IEnumerable<Write> Recreate(Rollout rollout, DateTimeOffset now)
    {
        if (NewReplicaSet.Sync(rollout, now) is { } writes) return writes;
        List<Write> down = [.. Resize(rollout, rollout.Old.Where(s => s.Size() > 0).Select(s => (s, 0)))];
        if (down.Count > 0 || OldPodsRun(rollout)) return down.Concat(DeploymentStatusRules.SyncRollout(rollout, now));
        if (rollout.New is null) return NewReplicaSet.SyncOrCreate(rollout, now) ?? [];
        return Finish(rollout, [.. Resize(rollout, [(rollout.New, rollout.Desired)])], now);
    }

    private static IEnumerable<Write> Finish(Rollout rollout, List<Write> resized, DateTimeOffset now)
    {
        if (resized.Count == 0 && rollout.IsComplete(rollout.Deployment.Status)) resized.AddRange(History.CleanUp(rollout));
        return resized.Concat(DeploymentStatusRules.SyncRollout(rollout, now));
    }

    private bool OldPodsRun(Rollout rollout) =>
        rollout.Old.Any(s => s.Status.Replicas > 0) || rollout.Old.Any(s => pods.OwnedBy(s).Any(p => p.Status.Phase is not (PodPhase.Failed or PodPhase.Succeeded)));

    /// <summary>Gives sets their sizes, and lets their annotations say for what size of the Deployment that was.</summary>
    private static IEnumerable<Write> Resize(Rollout rollout, IEnumerable<(ReplicaSet Set, int Size)> sizes)
    {
        foreach (var (set, size) in sizes)
        {
            var isResized = set.Size() != size;
            var annotations = Annotations.ForSize(set.Metadata.Annotations, rollout);
            if (!isResized && annotations == set.Metadata.Annotations) continue;
            var direction = set.Size() < size ? "up" : "down";
            yield return Write.Update(GroupVersionResource.ReplicaSets, set with { Metadata = set.Metadata with { Annotations = annotations }, Spec = set.Spec with { Replicas = size } }) with
            {
                Then = _ => isResized ? [Write.Record(rollout.Deployment, "Normal", "ScalingReplicaSet", $"Scaled {direction} replica set {set.Metadata.Name} from {set.Size()} to {size}")] : [],
            };
        }
    }
}
