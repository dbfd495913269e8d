using System.Globalization;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Admission;

/// <summary>Whether a node has the labels that a pod's nodeSelector and required node affinity want.</summary>
internal static class NodeMatch
{
    public static bool Fits(Node node, Pod pod)
    {
        foreach (var (key, value) in pod.Spec.NodeSelector)
            if (!node.Metadata.Labels.TryGetValue(key, out var has) || has != value) return false;
        return pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || required.NodeSelectorTerms.Any(t => (t.MatchExpressions.Count > 0 || t.MatchFields.Count > 0)
                && t.MatchExpressions.All(e => Holds(e, node.Metadata.Labels.TryGetValue(e.Key, out var v) ? v : null))
                && t.MatchFields.All(e => Holds(e, e.Key == "metadata.name" ? node.Metadata.Name : null)));
    }

    private static bool Holds(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Number(value) is { } n && Number(requirement.Values.FirstOrDefault()) is { } bound && n > bound,
        "Lt" => Number(value) is { } n && Number(requirement.Values.FirstOrDefault()) is { } bound && n < bound,
        _ => false,
    };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
