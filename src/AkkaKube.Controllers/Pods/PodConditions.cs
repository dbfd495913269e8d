using AkkaKube.Api.Core.V1;

namespace AkkaKube.Controllers.Pods;

/// <summary>The conditions that controllers set on pods.</summary>
internal static class PodConditions
{
    /// <summary>The status with a condition in place of the one of its type.</summary>
    public static PodStatus With(this PodStatus status, PodCondition condition)
    {
        var current = status.Conditions.FirstOrDefault(c => c.Type == condition.Type);
        if (current is null) return status with { Conditions = [.. status.Conditions, condition] };
        if (current.Status == condition.Status) condition = condition with { LastTransitionTime = current.LastTransitionTime };
        return status with { Conditions = [.. status.Conditions.Select(c => c.Type == condition.Type ? condition : c)] };
    }

    /// <summary>Says that the pod is about to end because of something that it cannot help.</summary>
    public static PodStatus Disrupted(this PodStatus status, string reason, string message, DateTimeOffset now) => status.With(new PodCondition
    {
        Type = "DisruptionTarget",
        Status = ConditionStatus.True,
        Reason = reason,
        Message = message,
        LastTransitionTime = now,
    });
}
