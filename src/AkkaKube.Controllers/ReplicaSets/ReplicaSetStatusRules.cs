using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Controllers.Pods;
using ConditionStatus = AkkaKube.Api.Core.V1.ConditionStatus;

namespace AkkaKube.Controllers.ReplicaSets;

/// <summary>What the status of a ReplicaSet says about its pods.</summary>
internal static class ReplicaSetStatusRules
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <summary>The status as the pods are now.</summary>
    /// <param name="set">The set with its status so far.</param>
    /// <param name="owned">Its active pods.</param>
    /// <param name="terminating">How many of its pods are on their way out.</param>
    /// <param name="failure">Why pods could not be created or deleted this time; null if nothing failed.</param>
    /// <param name="excess">How many pods it had too many; negative: too few.</param>
    /// <param name="now">The time.</param>
    public static ReplicaSetStatus Calculate(ReplicaSet set, IReadOnlyList<Pod> owned, int terminating, Status? failure, int excess, DateTimeOffset now)
    {
        var labels = set.Spec.Template.Metadata.Labels;
        return set.Status with
        {
            Replicas = owned.Count,
            FullyLabeledReplicas = owned.Count(p => p.Has(labels)),
            ReadyReplicas = owned.Count(p => p.IsReady()),
            AvailableReplicas = owned.Count(p => p.IsAvailable(set.Spec.MinReadySeconds, now)),
            TerminatingReplicas = terminating,
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(set.Status.Conditions, failure, excess, now),
        };
    }

    private static ValueList<ReplicaSetCondition> Conditions(ValueList<ReplicaSetCondition> conditions, Status? failure, int excess, DateTimeOffset now)
    {
        var isSet = conditions.Any(c => c.Type == ReplicaFailure);
        if (failure is null) return isSet ? [.. conditions.Where(c => c.Type != ReplicaFailure)] : conditions;
        if (isSet) return conditions;
        return
        [
            .. conditions,
            new ReplicaSetCondition
            {
                Type = ReplicaFailure,
                Status = ConditionStatus.True,
                Reason = excess < 0 ? "FailedCreate" : "FailedDelete",
                Message = failure.Message,
                LastTransitionTime = now,
            },
        ];
    }
}
