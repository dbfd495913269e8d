using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Strategy.Core;

/// <summary>
/// Affinity terms and spread constraints may name label keys instead of values: "the same version as I". The server writes the new pod's own
/// values into the selectors, so that nobody after it has to know the pod.
/// </summary>
internal static class SelectorKeys
{
    public static PodSpec IntoSelectors(PodSpec spec, ValueMap<string> labels)
    {
        if (spec.Affinity is { } affinity && (affinity.PodAffinity ?? (object?)affinity.PodAntiAffinity) is not null)
            spec = spec with
            {
                Affinity = affinity with
                {
                    PodAffinity = affinity.PodAffinity is not { } near ? null : near with
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = Terms(near.RequiredDuringSchedulingIgnoredDuringExecution, labels),
                        PreferredDuringSchedulingIgnoredDuringExecution = Terms(near.PreferredDuringSchedulingIgnoredDuringExecution, labels),
                    },
                    PodAntiAffinity = affinity.PodAntiAffinity is not { } far ? null : far with
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = Terms(far.RequiredDuringSchedulingIgnoredDuringExecution, labels),
                        PreferredDuringSchedulingIgnoredDuringExecution = Terms(far.PreferredDuringSchedulingIgnoredDuringExecution, labels),
                    },
                },
            };
        return spec.TopologySpreadConstraints.Count == 0 ? spec : spec with
        {
            TopologySpreadConstraints = [.. spec.TopologySpreadConstraints.Select(constraint =>
                constraint with { LabelSelector = With(constraint.LabelSelector, constraint.MatchLabelKeys, [], labels) })],
        };
    }

    private static ValueList<PodAffinityTerm> Terms(ValueList<PodAffinityTerm> terms, ValueMap<string> labels) =>
        [.. terms.Select(term => Term(term, labels))];

    private static ValueList<WeightedPodAffinityTerm> Terms(ValueList<WeightedPodAffinityTerm> terms, ValueMap<string> labels) =>
        [.. terms.Select(term => term with { PodAffinityTerm = Term(term.PodAffinityTerm, labels) })];

    private static PodAffinityTerm Term(PodAffinityTerm term, ValueMap<string> labels) =>
        term with { LabelSelector = With(term.LabelSelector, term.MatchLabelKeys, term.MismatchLabelKeys, labels) };

    private static LabelSelector? With(LabelSelector? selector, ValueList<string> same, ValueList<string> other, ValueMap<string> labels)
    {
        if (selector is null || same.Count + other.Count == 0) return selector;
        var expressions = selector.MatchExpressions.ToList();
        Add(same, "In");
        Add(other, "NotIn");
        return selector with { MatchExpressions = [.. expressions] };

        void Add(ValueList<string> keys, string op)
        {
            foreach (var key in keys)
                if (labels.TryGetValue(key, out var value)) expressions.Add(new LabelSelectorRequirement { Key = key, Operator = op, Values = [value] });
        }
    }
}
