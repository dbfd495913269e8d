using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Keeps the pods of a group evenly spread over places (KEP-895): hard constraints filter, soft ones score.</summary>
internal sealed class PodTopologySpread : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    private static readonly Verdict Skewed = Verdict.Unschedulable("node(s) didn't match pod topology spread constraints");
    private static readonly Verdict NoPlace = Verdict.UnschedulableAndUnresolvable("node(s) didn't match pod topology spread constraints (missing required label)");

    public Verdict PreFilter(CycleState cycle, PodInfo pod, Snapshot snapshot)
    {
        var constraints = SpreadConstraint.Of(pod.Pod, "DoNotSchedule");
        if (constraints.Length == 0) return Verdict.Skip;
        var counts = Array.ConvertAll(constraints, _ => new Dictionary<string, int>());
        foreach (var node in snapshot.Nodes)
        {
            if (!HasAllPlaces(node, constraints)) continue;
            for (var i = 0; i < constraints.Length; i++)
            {
                if (!constraints[i].Includes(pod.Pod, node.Node)) continue;
                var place = node.Node.Metadata.Labels[constraints[i].TopologyKey];
                counts[i][place] = counts[i].GetValueOrDefault(place) + constraints[i].CountOn(node, pod.Pod.Metadata.Namespace);
            }
        }

        // With fewer places than demanded the least is taken as none, so that pods wait for new places rather than crowd.
        var least = constraints.Select((c, i) => counts[i].Count == 0 ? int.MaxValue : counts[i].Count < c.MinDomains ? 0 : counts[i].Values.Min()).ToArray();
        cycle.Write(new Hard(constraints, counts, least, [.. constraints.Select(c => c.Selector.Matches(pod.Pod.Metadata.Labels) ? 1 : 0)]));
        return Verdict.Fits;
    }

    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        var hard = cycle.Read<Hard>()!;
        for (var i = 0; i < hard.Constraints.Length; i++)
        {
            if (!node.Node.Metadata.Labels.TryGetValue(hard.Constraints[i].TopologyKey, out var place)) return NoPlace;
            var skew = (long)hard.Counts[i].GetValueOrDefault(place) + hard.Self[i] - hard.Least[i];
            if (skew > hard.Constraints[i].MaxSkew) return Skewed;
        }

        return Verdict.Fits;
    }

    public Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        // The system's own constraints bear nodes without a zone; the pod's own do not.
        var own = pod.Pod.Spec.TopologySpreadConstraints.Count > 0;
        var constraints = own ? SpreadConstraint.Of(pod.Pod, "ScheduleAnyway") : snapshot.DefaultSelector(pod) is { } selector ? SpreadConstraint.Defaults(selector) : [];
        if (constraints.Length == 0) return Verdict.Skip;

        var ignored = new HashSet<string>();
        var counts = Array.ConvertAll(constraints, _ => new Dictionary<string, int>());
        foreach (var node in feasible)
        {
            if (own && !HasAllPlaces(node, constraints))
            {
                ignored.Add(node.Name);
                continue;
            }

            for (var i = 0; i < constraints.Length; i++)
            {
                // Pods per machine are counted when the machine is scored.
                if (constraints[i].TopologyKey != SpreadConstraint.Hostname) counts[i][node.Node.Metadata.Labels.GetValueOrDefault(constraints[i].TopologyKey) ?? ""] = 0;
            }
        }

        foreach (var node in snapshot.Nodes)
        {
            if (own && !HasAllPlaces(node, constraints)) continue;
            for (var i = 0; i < constraints.Length; i++)
            {
                if (!node.Node.Metadata.Labels.TryGetValue(constraints[i].TopologyKey, out var place) || !counts[i].TryGetValue(place, out var count)) continue;
                if (constraints[i].Includes(pod.Pod, node.Node)) counts[i][place] = count + constraints[i].CountOn(node, pod.Pod.Metadata.Namespace);
            }
        }

        var weights = constraints.Select((c, i) => Math.Log((c.TopologyKey == SpreadConstraint.Hostname ? feasible.Count - ignored.Count : counts[i].Count) + 2)).ToArray();
        cycle.Write(new Soft(constraints, counts, weights, ignored));
        return Verdict.Fits;
    }

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        var soft = cycle.Read<Soft>()!;
        if (soft.Ignored.Contains(node.Name)) return 0;
        double score = 0;
        for (var i = 0; i < soft.Constraints.Length; i++)
        {
            var constraint = soft.Constraints[i];
            if (!node.Node.Metadata.Labels.TryGetValue(constraint.TopologyKey, out var place)) continue;
            var count = constraint.TopologyKey == SpreadConstraint.Hostname ? constraint.CountOn(node, pod.Pod.Metadata.Namespace) : soft.Counts[i][place];
            score += (count * soft.Weights[i]) + (constraint.MaxSkew - 1);
        }

        return (long)Math.Round(score, MidpointRounding.AwayFromZero);
    }

    public void Normalize(CycleState cycle, IReadOnlyList<NodeInfo> nodes, Span<long> scores)
    {
        var soft = cycle.Read<Soft>()!;
        long least = long.MaxValue, most = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (soft.Ignored.Contains(nodes[i].Name)) continue;
            least = Math.Min(least, scores[i]);
            most = Math.Max(most, scores[i]);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = soft.Ignored.Contains(nodes[i].Name) ? 0 : most == 0 ? Framework.Score.Max : Framework.Score.Max * (most + least - scores[i]) / most;
        }
    }

    private static bool HasAllPlaces(NodeInfo node, SpreadConstraint[] constraints)
    {
        foreach (var constraint in constraints)
        {
            if (!node.Node.Metadata.Labels.ContainsKey(constraint.TopologyKey)) return false;
        }

        return true;
    }

    private sealed record Hard(SpreadConstraint[] Constraints, Dictionary<string, int>[] Counts, int[] Least, int[] Self);

    private sealed record Soft(SpreadConstraint[] Constraints, Dictionary<string, int>[] Counts, double[] Weights, HashSet<string> Ignored);
}
