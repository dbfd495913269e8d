using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Whether a node is one that a pod's nodeSelector and node affinity mean.</summary>
internal static class NodeSelectors
{
    /// <summary>nodeSelector and required node affinity, both.</summary>
    public static bool RequiredBy(Pod pod, Node node)
    {
        foreach (var (key, value) in pod.Spec.NodeSelector)
        {
            if (!node.Metadata.Labels.TryGetValue(key, out var actual) || actual != value) return false;
        }

        return pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || AnyTerm(required.NodeSelectorTerms, node);
    }

    /// <summary>All expressions of the term hold; a term without any holds for no node.</summary>
    public static bool Matches(NodeSelectorTerm term, Node node)
    {
        if (term.MatchExpressions.Count == 0 && term.MatchFields.Count == 0) return false;
        foreach (var expression in term.MatchExpressions)
        {
            node.Metadata.Labels.TryGetValue(expression.Key, out var value);
            if (!Holds(expression, value)) return false;
        }

        foreach (var field in term.MatchFields)
        {
            if (!Holds(field, field.Key == "metadata.name" ? node.Metadata.Name : null)) return false;
        }

        return true;
    }

    private static bool AnyTerm(ValueList<NodeSelectorTerm> terms, Node node)
    {
        foreach (var term in terms)
        {
            if (Matches(term, node)) return true;
        }

        return false;
    }

    private static bool Holds(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Numbers(requirement, value) is { } n && n.Value > n.Bound,
        "Lt" => Numbers(requirement, value) is { } n && n.Value < n.Bound,
        _ => false,
    };

    private static (long Value, long Bound)? Numbers(NodeSelectorRequirement requirement, string? value) =>
        requirement.Values.Count == 1 && long.TryParse(value, out var number) && long.TryParse(requirement.Values[0], out var bound) ? (number, bound) : null;
}
