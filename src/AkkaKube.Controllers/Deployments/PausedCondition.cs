using AkkaKube.Api.Apps.V1;

namespace AkkaKube.Controllers.Deployments;

/// <summary>While a Deployment is paused, nobody waits for its progress; the time starts again when it is resumed.</summary>
internal static class PausedCondition
{
    /// <summary>The condition to set; null if there is none to set.</summary>
    public static DeploymentCondition? Of(Deployment deployment, DateTimeOffset now)
    {
        var reason = deployment.Status.Find(DeploymentConditions.Progressing)?.Reason;
        if (!deployment.HasProgressDeadline() || reason == "ProgressDeadlineExceeded") return null;
        return (deployment.Spec.Paused, reason == "DeploymentPaused") switch
        {
            (true, false) => DeploymentConditions.New(DeploymentConditions.Progressing, "Unknown", "DeploymentPaused", "Deployment is paused", now),
            (false, true) => DeploymentConditions.New(DeploymentConditions.Progressing, "Unknown", "DeploymentResumed", "Deployment is resumed", now),
            _ => null,
        };
    }
}
