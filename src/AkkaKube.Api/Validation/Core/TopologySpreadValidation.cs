using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>How a pod's kind is to be spread over zones, hosts and the like.</summary>
internal static class TopologySpreadValidation
{
    public static void Check(FieldErrors errors, FieldPath path, ValueList<TopologySpreadConstraint> constraints, in PodValidationOptions options)
    {
        for (var i = 0; i < constraints.Count; i++)
        {
            var constraint = constraints[i];
            var place = path.Index(i);
            if (constraint.MaxSkew <= 0) errors.Invalid(place.Child("maxSkew"), constraint.MaxSkew, Rules.IsNotPositive);
            if (constraint.TopologyKey.Length == 0) errors.Required(place.Child("topologyKey"), "can not be empty");
            if (constraint.WhenUnsatisfiable is not ("DoNotSchedule" or "ScheduleAnyway"))
                errors.NotSupported(place.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, "DoNotSchedule", "ScheduleAnyway");
            if (IsRepeated(constraints, i))
                errors.Duplicate(place.Child("{topologyKey, whenUnsatisfiable}"), $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
            if (constraint.MinDomains is { } domains)
            {
                if (domains <= 0) errors.Invalid(place.Child("minDomains"), domains, Rules.IsNotPositive);
                if (constraint.WhenUnsatisfiable != "DoNotSchedule")
                    errors.Invalid(place.Child("minDomains"), domains, $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {constraint.WhenUnsatisfiable}");
            }
            CheckInclusion(errors, place.Child("nodeAffinityPolicy"), constraint.NodeAffinityPolicy);
            CheckInclusion(errors, place.Child("nodeTaintsPolicy"), constraint.NodeTaintsPolicy);
            CheckLabelKeys(errors, place.Child("matchLabelKeys"), constraint, options);
            if (!options.AllowInvalidSpreadSelector) Labels.CheckSelector(errors, place.Child("labelSelector"), constraint.LabelSelector);
        }
    }

    private static bool IsRepeated(ValueList<TopologySpreadConstraint> constraints, int index)
    {
        for (var i = index + 1; i < constraints.Count; i++)
            if (constraints[i].TopologyKey == constraints[index].TopologyKey && constraints[i].WhenUnsatisfiable == constraints[index].WhenUnsatisfiable) return true;
        return false;
    }

    private static void CheckInclusion(FieldErrors errors, FieldPath path, string? policy)
    {
        if (policy is not (null or "Honor" or "Ignore")) errors.NotSupported(path, policy, "Honor", "Ignore");
    }

    /// <summary>In a pod the keys were merged into the selector before; in a template they must not stand there.</summary>
    private static void CheckLabelKeys(FieldErrors errors, FieldPath path, TopologySpreadConstraint constraint, in PodValidationOptions options)
    {
        var keys = constraint.MatchLabelKeys;
        if (keys.Count == 0) return;
        var counts = new Dictionary<string, int>();
        if (constraint.LabelSelector is { } selector)
        {
            foreach (var key in selector.MatchLabels.Keys) counts[key] = 1;
            foreach (var expression in selector.MatchExpressions) counts[expression.Key] = counts.GetValueOrDefault(expression.Key) + 1;
        }
        else errors.Forbidden(path, "must not be specified when labelSelector is not set");
        for (var i = 0; i < keys.Count; i++)
        {
            Labels.CheckKey(errors, path.Index(i), keys[i]);
            if (counts.GetValueOrDefault(keys[i]) > (options.IsPod ? 1 : 0)) errors.Invalid(path.Index(i), keys[i], "exists in both matchLabelKeys and labelSelector");
        }
    }
}
