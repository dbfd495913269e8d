using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>One term of a pod's affinity or anti-affinity to other pods, made ready for matching.</summary>
/// <param name="TopologyKey">The node label whose value makes 'the same place'.</param>
/// <param name="Selector">Which pods are meant.</param>
/// <param name="Namespaces">In which namespaces, by name.</param>
/// <param name="NamespaceSelector">In which namespaces beside those, by label; null for none.</param>
/// <param name="Weight">1 to 100 for a preference, 0 for a requirement.</param>
internal sealed record AffinityTerm(string TopologyKey, Selector Selector, ValueList<string> Namespaces, Selector? NamespaceSelector, int Weight)
{
    /// <summary>Whether <paramref name="pod"/> is one of the pods that the term means.</summary>
    public bool Matches(Pod pod, IReadOnlyDictionary<string, ValueMap<string>> namespaceLabels)
    {
        var ns = pod.Metadata.Namespace ?? "";
        return (Namespaces.Contains(ns) || (NamespaceSelector is not null && NamespaceSelector.Matches(namespaceLabels.GetValueOrDefault(ns))))
            && Selector.Matches(pod.Metadata.Labels);
    }

    public static AffinityTerm[] Required(Pod owner, ValueList<PodAffinityTerm> terms) =>
        terms.Count == 0 ? [] : [.. terms.Select(term => Of(owner, term, weight: 0))];

    public static AffinityTerm[] Preferred(Pod owner, ValueList<WeightedPodAffinityTerm> terms) =>
        terms.Count == 0 ? [] : [.. terms.Select(term => Of(owner, term.PodAffinityTerm, term.Weight))];

    // A term that names no namespace at all means the pod's own.
    private static AffinityTerm Of(Pod owner, PodAffinityTerm term, int weight) =>
        new(
            term.TopologyKey,
            Selector.From(term.LabelSelector),
            term.Namespaces.Count == 0 && term.NamespaceSelector is null ? [owner.Metadata.Namespace ?? ""] : term.Namespaces,
            term.NamespaceSelector is null ? null : Selector.From(term.NamespaceSelector),
            weight);
}
