using AkkaKube.Api.Apps.V1;

namespace AkkaKube.Controllers.Deployments;

/// <summary>The conditions in the status of a Deployment. The one that changed last stands last.</summary>
internal static class DeploymentConditions
{
    public const string Available = "Available";
    public const string Progressing = "Progressing";
    public const string ReplicaFailure = "ReplicaFailure";

    public static DeploymentCondition New(string type, string status, string reason, string message, DateTimeOffset now) =>
        new() { Type = type, Status = status, Reason = reason, Message = message, LastUpdateTime = now, LastTransitionTime = now };

    public static DeploymentCondition? Find(this DeploymentStatus status, string type) => status.Conditions.FirstOrDefault(c => c.Type == type);

    public static DeploymentStatus Without(this DeploymentStatus status, string type) =>
        status.Find(type) is null ? status : status with { Conditions = [.. status.Conditions.Where(c => c.Type != type)] };

    /// <summary>The status with a condition; one of the same status and reason stays as it is.</summary>
    public static DeploymentStatus With(this DeploymentStatus status, DeploymentCondition condition)
    {
        var current = status.Find(condition.Type);
        if (current?.Status == condition.Status && current.Reason == condition.Reason) return status;
        return status.Put(condition);
    }

    /// <summary>The status with a condition, even where nothing but its time is new.</summary>
    public static DeploymentStatus Put(this DeploymentStatus status, DeploymentCondition condition)
    {
        var current = status.Find(condition.Type);
        if (current?.Status == condition.Status) condition = condition with { LastTransitionTime = current.LastTransitionTime };
        return status with { Conditions = [.. status.Conditions.Where(c => c.Type != condition.Type), condition] };
    }

    public static bool HasProgressDeadline(this Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is { } seconds && seconds != int.MaxValue;
}
