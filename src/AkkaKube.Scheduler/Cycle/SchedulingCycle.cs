using AkkaKube.Scheduler.Framework;
using AkkaKube.Scheduler.Profiles;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>How one pod gets one node: filter, score, choose. Pure, but for the draw among equals.</summary>
internal sealed class SchedulingCycle(Profile profile, Random random)
{
    /// <summary>Below this many nodes all are looked at; above, a share that shrinks as the cluster grows.</summary>
    private const int FewNodes = 100;

    private int _nextStart;

    /// <summary>The node for the pod, or why there is none.</summary>
    public Decision Decide(PodInfo pod, Snapshot snapshot)
    {
        if (snapshot.Nodes.Count == 0) return new Decision(null, FitError.NoNodes, [], 0);
        var cycle = new CycleState();
        foreach (var plugin in profile.PreFilters)
        {
            var verdict = plugin.PreFilter(cycle, pod, snapshot);
            if (verdict.Code == VerdictCode.Skip) cycle.Skip(plugin);
            else if (!verdict.IsFit) return Refused(cycle, pod, snapshot, snapshot.Nodes.ToDictionary(n => n.Name, _ => verdict), [plugin.GetType()]);
        }

        var refusals = new Dictionary<string, Verdict>();
        var refusedBy = new HashSet<Type>();
        var feasible = Feasible(cycle, pod, snapshot, refusals, refusedBy);
        if (feasible.Count == 0) return Refused(cycle, pod, snapshot, refusals, refusedBy);
        var chosen = feasible.Count == 1 ? feasible[0] : Best(feasible, Scores(cycle, pod, snapshot, feasible));
        return Reserve(cycle, pod, chosen.Name, feasible.Count);
    }

    /// <summary>The weighted sum of all scores for each of the nodes.</summary>
    public long[] Scores(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var sums = new long[feasible.Count];
        var scores = new long[feasible.Count];
        foreach (var (plugin, weight) in profile.Scores)
        {
            if (plugin is IPreScorePlugin before && before.PreScore(cycle, pod, snapshot, feasible).Code == VerdictCode.Skip) continue;
            for (var i = 0; i < scores.Length; i++) scores[i] = plugin.Score(cycle, pod, feasible[i]);
            plugin.Normalize(cycle, feasible, scores);
            for (var i = 0; i < scores.Length; i++) sums[i] += scores[i] * weight;
        }

        return sums;
    }

    /// <summary>How many nodes that fit are enough (percentageOfNodesToScore 0: 50 % less 1 % per 125 nodes, at least 5 % and 100 nodes).</summary>
    public static int Enough(int nodes) =>
        nodes <= FewNodes ? nodes : Math.Max(FewNodes, nodes * Math.Max(5, 50 - (nodes / 125)) / 100);

    private List<NodeInfo> Feasible(CycleState cycle, PodInfo pod, Snapshot snapshot, Dictionary<string, Verdict> refusals, HashSet<Type> refusedBy)
    {
        var nodes = snapshot.Nodes;
        var enough = Enough(nodes.Count);
        var feasible = new List<NodeInfo>(enough);
        var looked = 0;
        for (; looked < nodes.Count && feasible.Count < enough; looked++)
        {
            var node = nodes[(_nextStart + looked) % nodes.Count];
            var refusal = Refusal(cycle, pod, node, refusedBy);
            if (refusal is null) feasible.Add(node);
            else refusals[node.Name] = refusal;
        }

        // The next pod starts where this one ended, so that all nodes get their turn.
        _nextStart = (_nextStart + looked) % nodes.Count;
        return feasible;
    }

    private Verdict? Refusal(CycleState cycle, PodInfo pod, NodeInfo node, HashSet<Type> refusedBy)
    {
        foreach (var plugin in profile.Filters)
        {
            if (cycle.IsSkipped(plugin)) continue;
            var verdict = plugin.Filter(cycle, pod, node);
            if (verdict.IsFit) continue;
            refusedBy.Add(plugin.GetType());
            return verdict;
        }

        return null;
    }

    private NodeInfo Best(List<NodeInfo> feasible, long[] scores)
    {
        var (best, equals) = (0, 1);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best]) (best, equals) = (i, 1);
            else if (scores[i] == scores[best] && random.Next(++equals) == 0) best = i;
        }

        return feasible[best];
    }

    private Decision Reserve(CycleState cycle, PodInfo pod, string node, int feasible)
    {
        var verdict = Verdict.Fits;
        foreach (var plugin in profile.Reserves)
        {
            if (verdict.IsFit) verdict = plugin.Reserve(cycle, pod, node);
        }

        foreach (var plugin in profile.Permits)
        {
            if (verdict.IsFit) verdict = plugin.Permit(cycle, pod, node);
        }

        foreach (var plugin in profile.PreBinds)
        {
            if (verdict.IsFit) verdict = plugin.PreBind(cycle, pod, node);
        }

        if (verdict.IsFit) return new Decision(node, null, [], feasible);
        Unreserve(cycle, pod, node);
        return new Decision(null, string.Join(", ", verdict.Reasons), [], feasible);
    }

    private void Unreserve(CycleState cycle, PodInfo pod, string node)
    {
        for (var i = profile.Reserves.Length - 1; i >= 0; i--) profile.Reserves[i].Unreserve(cycle, pod, node);
    }

    private Decision Refused(CycleState cycle, PodInfo pod, Snapshot snapshot, Dictionary<string, Verdict> refusals, IReadOnlyCollection<Type> refusedBy)
    {
        var after = string.Join(", ", profile.PostFilters.Select(plugin => plugin.PostFilter(cycle, pod, snapshot, refusals)));
        var message = FitError.Message(snapshot.Nodes.Count, refusals.Values);
        return new Decision(null, after.Length == 0 ? message : $"{message} {after}", refusedBy, 0);
    }
}

/// <summary>What a cycle came to.</summary>
/// <param name="Node">The chosen node, or null.</param>
/// <param name="Message">Why there is none, in the words of the pod's condition.</param>
/// <param name="RefusedBy">The plugins that refused.</param>
/// <param name="Feasible">How many nodes would have done.</param>
internal sealed record Decision(string? Node, string? Message, IReadOnlyCollection<Type> RefusedBy, int Feasible);
