using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;

namespace AkkaKube.Controllers.Deployments;

/// <summary>The ReplicaSet of the current template: made when it is missing, kept in step with its Deployment, its revision above all others.</summary>
internal static class NewReplicaSet
{
    /// <summary>What is to be done about the new set before anything else; null if it, and what the Deployment says of it, is as it should be.</summary>
    public static IEnumerable<Write>? Sync(Rollout rollout, DateTimeOffset now)
    {
        if (rollout.New is not { } set) return null;
        var deployment = rollout.Deployment;
        var annotations = Annotations.ForNew(set.Metadata.Annotations, deployment, NextRevision(rollout));
        if (annotations != set.Metadata.Annotations || set.Spec.MinReadySeconds != deployment.Spec.MinReadySeconds)
            return [Write.Update(GroupVersionResource.ReplicaSets, set with { Metadata = set.Metadata with { Annotations = annotations }, Spec = set.Spec with { MinReadySeconds = deployment.Spec.MinReadySeconds } })];
        var revision = set.Metadata.Annotations.GetValueOrDefault(Annotations.Revision) ?? "";
        var isUnknown = deployment.HasProgressDeadline() && deployment.Status.Find(DeploymentConditions.Progressing) is null;
        if (deployment.Metadata.Annotations.GetValueOrDefault(Annotations.Revision) == revision && !isUnknown) return null;
        var status = isUnknown
            ? deployment.Status.With(DeploymentConditions.New(DeploymentConditions.Progressing, "True", "FoundNewReplicaSet", $"Found new replica set \"{set.Metadata.Name}\"", now))
            : deployment.Status;
        return [WithRevision(deployment, revision, status)];
    }

    /// <summary>As <see cref="Sync"/>, but makes the set where it is missing.</summary>
    public static IEnumerable<Write>? SyncOrCreate(Rollout rollout, DateTimeOffset now)
    {
        if (rollout.New is not null) return Sync(rollout, now);
        var set = Make(rollout);
        return
        [
            Write.Create(GroupVersionResource.ReplicaSets, set) with
            {
                Then = _ => Created(rollout.Deployment, set, now),
                Otherwise = failed => Refused(rollout.Deployment, set, failed, now),
            },
        ];
    }

    private static ReplicaSet Make(Rollout rollout)
    {
        var deployment = rollout.Deployment;
        var hash = PodTemplateHash.Of(deployment);
        var template = deployment.Spec.Template;
        var labels = template.Metadata.Labels.SetItem(PodTemplateHash.Label, hash);
        var selector = deployment.Spec.Selector!;
        var set = new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = labels,
                OwnerReferences = [OwnerReferences.ControllerRefTo(deployment)],
            },
            Spec = new ReplicaSetSpec
            {
                Replicas = 0,
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = selector with { MatchLabels = selector.MatchLabels.SetItem(PodTemplateHash.Label, hash) },
                Template = template with { Metadata = template.Metadata with { Labels = labels } },
            },
        };
        var annotations = Annotations.ForSize(Annotations.ForNew(set.Metadata.Annotations, deployment, NextRevision(rollout)), rollout);
        return set with
        {
            Metadata = set.Metadata with { Annotations = annotations },
            Spec = set.Spec with { Replicas = RollingUpdate.NewSize(rollout with { New = set }) },
        };
    }

    private static IEnumerable<Write> Created(Deployment deployment, ReplicaSet set, DateTimeOffset now)
    {
        if (set.Size() > 0) yield return Write.Record(deployment, "Normal", "ScalingReplicaSet", $"Scaled up replica set {set.Metadata.Name} from 0 to {set.Size()}");
        var status = deployment.HasProgressDeadline()
            ? deployment.Status.With(DeploymentConditions.New(DeploymentConditions.Progressing, "True", "NewReplicaSetCreated", $"Created new replica set \"{set.Metadata.Name}\"", now))
            : deployment.Status;
        yield return WithRevision(deployment, set.Metadata.Annotations.GetValueOrDefault(Annotations.Revision) ?? "", status);
    }

    private static IEnumerable<Write> Refused(Deployment deployment, ReplicaSet set, Failed failed, DateTimeOffset now)
    {
        yield return Write.RetryLater();
        if (failed.Status.Reason == StatusReason.AlreadyExists)
        {
            // Another template has the same hash (if it was this one, it would have been found). One more collision gives another hash.
            yield return DeploymentReconciler.StatusWrite(deployment, deployment.Status with { CollisionCount = (deployment.Status.CollisionCount ?? 0) + 1 });
            yield break;
        }

        if (failed.Status.Details?.Causes.Any(c => c.Reason == "NamespaceTerminating") == true) yield break;
        var message = $"Failed to create new replica set \"{set.Metadata.Name}\": {failed.Status.Message}";
        yield return Write.Record(deployment, "Warning", "ReplicaSetCreateError", message);
        if (!deployment.HasProgressDeadline()) yield break;
        var status = deployment.Status.With(DeploymentConditions.New(DeploymentConditions.Progressing, "False", "ReplicaSetCreateError", message, now));
        if (status != deployment.Status) yield return DeploymentReconciler.StatusWrite(deployment, status);
    }

    // The status of a Deployment is written together with the annotation that names its revision.
    private static Write WithRevision(Deployment deployment, string revision, DeploymentStatus status) =>
        DeploymentReconciler.StatusWrite(deployment with { Metadata = deployment.Metadata with { Annotations = deployment.Metadata.Annotations.SetItem(Annotations.Revision, revision) } }, status);

    private static long NextRevision(Rollout rollout) => rollout.Old.Select(Annotations.RevisionOf).DefaultIfEmpty().Max() + 1;
}
