using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Scheduler.Cycle;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>One topology spread constraint of a pod, made ready for counting.</summary>
internal sealed record SpreadConstraint(string TopologyKey, int MaxSkew, int MinDomains, Selector Selector, bool HonorsAffinity, bool HonorsTaints)
{
    /// <summary>The node label that names the machine itself.</summary>
    public const string Hostname = "kubernetes.io/hostname";

    /// <summary>What pods without constraints of their own get, softly: spread over machines, and over zones (the system defaults of PodTopologySpread).</summary>
    private static readonly (string TopologyKey, int MaxSkew)[] SystemDefaults = [(Hostname, 3), ("topology.kubernetes.io/zone", 5)];

    /// <summary>The pod's constraints with this way of being unsatisfied (DoNotSchedule or ScheduleAnyway).</summary>
    public static SpreadConstraint[] Of(Pod pod, string whenUnsatisfiable)
    {
        if (pod.Spec.TopologySpreadConstraints.Count == 0) return [];
        return
        [
            .. from constraint in pod.Spec.TopologySpreadConstraints
               where constraint.WhenUnsatisfiable == whenUnsatisfiable
               select new SpreadConstraint(
                   constraint.TopologyKey,
                   constraint.MaxSkew,
                   constraint.MinDomains ?? 1,
                   Selector.From(WithLabelsOf(pod, constraint)),
                   HonorsAffinity: constraint.NodeAffinityPolicy is null or "Honor",
                   HonorsTaints: constraint.NodeTaintsPolicy == "Honor"),
        ];
    }

    /// <summary>The system's soft constraints for a pod that services or a workload select.</summary>
    public static SpreadConstraint[] Defaults(Selector selector) =>
        [.. SystemDefaults.Select(d => new SpreadConstraint(d.TopologyKey, d.MaxSkew, 1, selector, HonorsAffinity: true, HonorsTaints: false))];

    /// <summary>Whether the pods of <paramref name="node"/> count.</summary>
    public bool Includes(Pod pod, Node node) =>
        (!HonorsAffinity || NodeSelectors.RequiredBy(pod, node)) && (!HonorsTaints || pod.Spec.Tolerations.TolerateAll(node.Spec.Taints));

    /// <summary>How many pods of the node count: of the pod's namespace, selected, and not about to end.</summary>
    public int CountOn(NodeInfo node, string? podNamespace)
    {
        var count = 0;
        foreach (var other in node.Pods)
        {
            if (!other.IsTerminating && other.Pod.Metadata.Namespace == podNamespace && Selector.Matches(other.Pod.Metadata.Labels)) count++;
        }

        return count;
    }

    // KEP-3243: matchLabelKeys adds the pod's own values of those labels to the selector.
    private static Api.Meta.V1.LabelSelector WithLabelsOf(Pod pod, TopologySpreadConstraint constraint)
    {
        var selector = constraint.LabelSelector ?? new Api.Meta.V1.LabelSelector { MatchExpressions = [new() { Key = "", Operator = "Exists" }] };
        var added = constraint.MatchLabelKeys.Where(pod.Metadata.Labels.ContainsKey).Select(key => new Api.Meta.V1.LabelSelectorRequirement { Key = key, Operator = "In", Values = [pod.Metadata.Labels[key]] });
        return constraint.MatchLabelKeys.Count == 0 ? selector : selector with { MatchExpressions = [.. selector.MatchExpressions, .. added] };
    }
}
