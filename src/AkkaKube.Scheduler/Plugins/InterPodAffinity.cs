using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Pods that want to be in the same place as others, or must not be; 'place' is a value of a node label.</summary>
internal sealed class InterPodAffinity : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    /// <summary>What a required affinity of a pod that runs already is worth to a pod it means (HardPodAffinityWeight).</summary>
    private const int RequiredWeight = 1;

    private static readonly Verdict NotNear = Verdict.UnschedulableAndUnresolvable("node(s) didn't match pod affinity rules");
    private static readonly Verdict TooNear = Verdict.Unschedulable("node(s) didn't match pod anti-affinity rules");
    private static readonly Verdict KeptAway = Verdict.Unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");

    public Verdict PreFilter(CycleState cycle, PodInfo pod, Snapshot snapshot)
    {
        var places = new Places();
        foreach (var node in snapshot.NodesWithAntiAffinityPods)
        {
            foreach (var other in node.PodsWithRequiredAntiAffinity)
            {
                foreach (var term in other.RequiredAntiAffinity)
                {
                    if (term.Matches(pod.Pod, snapshot.NamespaceLabels)) places.KeepAway.Count(term.TopologyKey, node, 1);
                }
            }
        }

        if (pod.RequiredAffinity.Length + pod.RequiredAntiAffinity.Length > 0)
        {
            foreach (var node in snapshot.Nodes)
            {
                foreach (var other in node.Pods)
                {
                    // A pod near which the incoming one wants to be has to match all of its terms.
                    if (pod.RequiredAffinity.Length > 0 && Array.TrueForAll(pod.RequiredAffinity, term => term.Matches(other.Pod, snapshot.NamespaceLabels)))
                    {
                        foreach (var term in pod.RequiredAffinity) places.Near.Count(term.TopologyKey, node, 1);
                    }

                    foreach (var term in pod.RequiredAntiAffinity)
                    {
                        if (term.Matches(other.Pod, snapshot.NamespaceLabels)) places.Far.Count(term.TopologyKey, node, 1);
                    }
                }
            }

            // The first pod of a group that wants to be together has nobody to be near to.
            places.IsFirstOfGroup = places.Near.IsEmpty && Array.TrueForAll(pod.RequiredAffinity, term => term.Matches(pod.Pod, snapshot.NamespaceLabels));
        }

        if (places.KeepAway.IsEmpty && pod.RequiredAffinity.Length + pod.RequiredAntiAffinity.Length == 0) return Verdict.Skip;
        cycle.Write(places);
        return Verdict.Fits;
    }

    public Verdict Filter(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        var places = cycle.Read<Places>()!;
        if (pod.RequiredAffinity.Length > 0 && !IsNear(pod, node, places)) return NotNear;
        foreach (var term in pod.RequiredAntiAffinity)
        {
            if (places.Far.At(term.TopologyKey, node) > 0) return TooNear;
        }

        return places.KeepAway.AnyAt(node) ? KeptAway : Verdict.Fits;
    }

    public Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        var worth = new PlaceCounts();
        var prefers = pod.PreferredAffinity.Length + pod.PreferredAntiAffinity.Length > 0;
        foreach (var node in prefers ? snapshot.Nodes : snapshot.NodesWithAffinityPods)
        {
            foreach (var other in prefers ? node.Pods : node.PodsWithAffinity)
            {
                Count(pod.PreferredAffinity, other, 1);
                Count(pod.PreferredAntiAffinity, other, -1);
                CountBack(other.RequiredAffinity, RequiredWeight, 1);
                CountBack(other.PreferredAffinity, null, 1);
                CountBack(other.PreferredAntiAffinity, null, -1);
            }

            void Count(AffinityTerm[] terms, PodInfo other, int sign)
            {
                foreach (var term in terms)
                {
                    if (term.Matches(other.Pod, snapshot.NamespaceLabels)) worth.Count(term.TopologyKey, node, sign * term.Weight);
                }
            }

            void CountBack(AffinityTerm[] terms, int? weight, int sign)
            {
                foreach (var term in terms)
                {
                    if (term.Matches(pod.Pod, snapshot.NamespaceLabels)) worth.Count(term.TopologyKey, node, sign * (weight ?? term.Weight));
                }
            }
        }

        if (worth.IsEmpty) return Verdict.Skip;
        cycle.Write(new Worth(worth));
        return Verdict.Fits;
    }

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node) => cycle.Read<Worth>()!.Places.SumAt(node);

    public void Normalize(CycleState cycle, IReadOnlyList<NodeInfo> nodes, Span<long> scores)
    {
        long least = long.MaxValue, most = long.MinValue;
        foreach (var score in scores)
        {
            least = Math.Min(least, score);
            most = Math.Max(most, score);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = most > least ? (long)(Framework.Score.Max * ((double)(scores[i] - least) / (most - least))) : 0;
        }
    }

    private static bool IsNear(PodInfo pod, NodeInfo node, Places places)
    {
        var near = true;
        foreach (var term in pod.RequiredAffinity)
        {
            if (!node.Node.Metadata.Labels.ContainsKey(term.TopologyKey)) return false; // no place at all
            near &= places.Near.At(term.TopologyKey, node) > 0;
        }

        return near || places.IsFirstOfGroup;
    }

    private sealed class Places
    {
        public PlaceCounts Near { get; } = new();

        public PlaceCounts Far { get; } = new();

        public PlaceCounts KeepAway { get; } = new();

        public bool IsFirstOfGroup { get; set; }
    }

    private sealed record Worth(PlaceCounts Places);
}
