using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Validation.Core;

/// <summary>A pod that is held back from scheduling may still be told where to go, as long as that only narrows it down.</summary>
internal static class GatedPodValidation
{
    /// <summary>Checks the changes that are allowed to a gated pod and gives the spec without them.</summary>
    public static PodSpec Check(FieldErrors errors, FieldPath path, PodSpec spec, PodSpec old)
    {
        if (spec.NodeSelector != old.NodeSelector)
        {
            CheckNodeSelector(errors, path.Child("nodeSelector"), spec.NodeSelector, old.NodeSelector);
            spec = spec with { NodeSelector = old.NodeSelector };
        }
        var (now, before) = (spec.Affinity?.NodeAffinity, old.Affinity?.NodeAffinity);
        if (now == before) return spec;
        CheckNodeAffinity(errors, path.Child("affinity", "nodeAffinity"), now, before);
        return spec with
        {
            Affinity = spec.Affinity switch
            {
                null => new Affinity { NodeAffinity = before },
                { PodAffinity: null, PodAntiAffinity: null } when old.Affinity is null => null,
                var affinity => affinity with { NodeAffinity = before },
            },
        };
    }

    private static void CheckNodeSelector(FieldErrors errors, FieldPath path, ValueMap<string> now, ValueMap<string> before)
    {
        foreach (var (key, value) in before)
            if (!now.TryGetValue(key, out var same) || same != value)
            {
                errors.InvalidShown(path, GoText.Map(now), "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
                return;
            }
    }

    private static void CheckNodeAffinity(FieldErrors errors, FieldPath path, NodeAffinity? now, NodeAffinity? before)
    {
        if (before?.RequiredDuringSchedulingIgnoredDuringExecution is not { } old || old.NodeSelectorTerms.Count == 0) return;
        var place = path.Child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        var terms = now?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [];
        if (terms.Count != old.NodeSelectorTerms.Count)
        {
            errors.InvalidShown(place, terms.Count == 0 ? "null" : $"[{string.Join(',', terms.Select(Shown))}]", "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (var i = 0; i < terms.Count; i++)
            if (!OnlyAdds(terms[i], old.NodeSelectorTerms[i])) errors.InvalidShown(place.Index(i), Shown(terms[i]), "only additions are allowed (no mutations or deletions)");
    }

    private static bool OnlyAdds(NodeSelectorTerm now, NodeSelectorTerm before)
    {
        if (before.MatchExpressions.Count == 0 && before.MatchFields.Count == 0) return now.MatchExpressions.Count == 0 && now.MatchFields.Count == 0;
        return StartsWith(now.MatchExpressions, before.MatchExpressions) && StartsWith(now.MatchFields, before.MatchFields);
    }

    private static bool StartsWith(ValueList<NodeSelectorRequirement> now, ValueList<NodeSelectorRequirement> before)
    {
        if (now.Count < before.Count) return false;
        for (var i = 0; i < before.Count; i++)
            if (now[i] != before[i]) return false;
        return true;
    }

    private static string Shown(NodeSelectorTerm term) => $"{{\"MatchExpressions\":{Shown(term.MatchExpressions)},\"MatchFields\":{Shown(term.MatchFields)}}}";

    private static string Shown(ValueList<NodeSelectorRequirement> requirements) =>
        requirements.Count == 0
            ? "null"
            : $"[{string.Join(',', requirements.Select(r => $"{{\"Key\":{GoText.Json(r.Key)},\"Operator\":{GoText.Json(r.Operator)},\"Values\":{GoText.Strings(r.Values)}}}"))}]";
}
