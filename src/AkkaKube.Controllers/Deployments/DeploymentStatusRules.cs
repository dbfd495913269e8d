using AkkaKube.Api.Apps.V1;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Deployments;

/// <summary>What the status of a Deployment says: how many pods of which kind, whether that is enough, and whether the rollout moves.</summary>
internal static class DeploymentStatusRules
{
    /// <summary>The status without a judgement of the progress: after scaling, while paused, on the way out.</summary>
    public static IEnumerable<Write> Sync(Rollout rollout, DateTimeOffset now)
    {
        var status = Calculate(rollout, now);
        return status == rollout.Deployment.Status ? [] : [DeploymentReconciler.StatusWrite(rollout.Deployment, status)];
    }

    /// <summary>The status during a rollout, and when to look at its progress again.</summary>
    public static IEnumerable<Write> SyncRollout(Rollout rollout, DateTimeOffset now)
    {
        var deployment = rollout.Deployment;
        var status = OfRollout(rollout, now);
        if (status != deployment.Status) yield return DeploymentReconciler.StatusWrite(deployment, status);
        else if (NextCheck(rollout, now) is { } after) yield return Write.Requeue(after);
    }

    internal static DeploymentStatus Calculate(Rollout rollout, DateTimeOffset now)
    {
        var available = rollout.TotalAvailable;
        var status = new DeploymentStatus
        {
            ObservedGeneration = rollout.Deployment.Metadata.Generation,
            Replicas = rollout.All.Sum(s => s.Status.Replicas),
            UpdatedReplicas = rollout.New?.Status.Replicas ?? 0,
            ReadyReplicas = rollout.All.Sum(s => s.Status.ReadyReplicas),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, rollout.TotalSize - available),
            TerminatingReplicas = Terminating(rollout),
            CollisionCount = rollout.Deployment.Status.CollisionCount,
            Conditions = rollout.Deployment.Status.Conditions,
        };
        return status.With(available >= rollout.Desired - rollout.MaxUnavailable
            ? DeploymentConditions.New(DeploymentConditions.Available, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
            : DeploymentConditions.New(DeploymentConditions.Available, "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now));
    }

    internal static DeploymentStatus OfRollout(Rollout rollout, DateTimeOffset now)
    {
        var (deployment, before) = (rollout.Deployment, rollout.Deployment.Status);
        var status = Calculate(rollout, now);
        var current = before.Find(DeploymentConditions.Progressing);
        var isOver = status.Replicas == status.UpdatedReplicas && current?.Reason == "NewReplicaSetAvailable";
        if (!deployment.HasProgressDeadline()) status = status.Without(DeploymentConditions.Progressing);
        else if (!isOver) status = Progress(rollout, status, now);
        return Failure(rollout) is { } failure ? status.With(failure) : status.Without(DeploymentConditions.ReplicaFailure);
    }

    private static DeploymentStatus Progress(Rollout rollout, DeploymentStatus status, DateTimeOffset now)
    {
        var subject = rollout.New is { } set ? $"ReplicaSet \"{set.Metadata.Name}\"" : $"Deployment \"{rollout.Deployment.Metadata.Name}\"";
        if (rollout.IsComplete(status))
            return status.With(DeploymentConditions.New(DeploymentConditions.Progressing, "True", "NewReplicaSetAvailable", $"{subject} has successfully progressed.", now));
        if (HasMoved(rollout.Deployment.Status, status))
            return status.Put(DeploymentConditions.New(DeploymentConditions.Progressing, "True", "ReplicaSetUpdated", $"{subject} is progressing.", now));
        return IsLate(rollout.Deployment, status, now)
            ? status.With(DeploymentConditions.New(DeploymentConditions.Progressing, "False", "ProgressDeadlineExceeded", $"{subject} has timed out progressing.", now))
            : status;
    }

    private static bool HasMoved(DeploymentStatus before, DeploymentStatus after) =>
        after.UpdatedReplicas > before.UpdatedReplicas
        || after.Replicas - after.UpdatedReplicas < before.Replicas - before.UpdatedReplicas
        || after.ReadyReplicas > before.ReadyReplicas
        || after.AvailableReplicas > before.AvailableReplicas;

    private static bool IsLate(Deployment deployment, DeploymentStatus status, DateTimeOffset now) => status.Find(DeploymentConditions.Progressing) switch
    {
        null or { Reason: "NewReplicaSetAvailable" } => false,
        { Reason: "ProgressDeadlineExceeded" } => true,
        { } current => current.LastUpdateTime + TimeSpan.FromSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now,
    };

    /// <summary>When to see whether the rollout still moves; a second later than the deadline, since stored times have no fractions.</summary>
    private static TimeSpan? NextCheck(Rollout rollout, DateTimeOffset now)
    {
        var deployment = rollout.Deployment;
        var current = deployment.Status.Find(DeploymentConditions.Progressing);
        if (!deployment.HasProgressDeadline() || current is null or { Reason: "ProgressDeadlineExceeded" } || rollout.IsComplete(deployment.Status)) return null;
        var left = (current.LastUpdateTime ?? now) + TimeSpan.FromSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) - now;
        return left < TimeSpan.Zero ? TimeSpan.FromSeconds(1) : left + TimeSpan.FromSeconds(1);
    }

    private static int? Terminating(Rollout rollout)
    {
        var counted = rollout.All.Where(s => s.Status.ObservedGeneration != 0 || s.Status.TerminatingReplicas is not null).ToList();
        return counted.Exists(s => s.Status.TerminatingReplicas is null) ? null : counted.Sum(s => s.Status.TerminatingReplicas ?? 0);
    }

    private static DeploymentCondition? Failure(Rollout rollout) =>
        (rollout.New is { } set ? rollout.Old.Prepend(set) : rollout.Old)
        .SelectMany(s => s.Status.Conditions)
        .Where(c => c.Type == DeploymentConditions.ReplicaFailure)
        .Select(c => new DeploymentCondition
        {
            Type = c.Type,
            Status = c.Status,
            Reason = c.Reason,
            Message = c.Message,
            LastTransitionTime = c.LastTransitionTime,
            LastUpdateTime = c.LastTransitionTime,
        })
        .FirstOrDefault();
}
