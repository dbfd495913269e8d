using System.Globalization;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.ReplicaSets;

/// <summary>Which pods go first when there are too many: those whose loss costs least.</summary>
internal static class DeletionOrder
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    /// <summary>The first <paramref name="count"/> of <paramref name="pods"/> to delete.</summary>
    /// <param name="count">How many.</param>
    /// <param name="pods">The candidates.</param>
    /// <param name="related">Pods that count when asking which node has many of the kind.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Pod> First(int count, IReadOnlyList<Pod> pods, IEnumerable<Pod> related, DateTimeOffset now)
    {
        if (count >= pods.Count) return pods;
        var onNode = related.Where(p => p.Spec.NodeName is not null).CountBy(p => p.Spec.NodeName!).ToDictionary();
        var ranked = pods.Select(p => new Ranked(p, onNode.GetValueOrDefault(p.Spec.NodeName ?? ""), now)).ToList();
        ranked.Sort(Compare);
        return ranked.Take(count).Select(r => r.Pod);
    }

    private static int Compare(Ranked a, Ranked b)
    {
        int order;
        if ((order = (a.Pod.Spec.NodeName is not null).CompareTo(b.Pod.Spec.NodeName is not null)) != 0) return order;
        if ((order = Phase(a.Pod).CompareTo(Phase(b.Pod))) != 0) return order;
        if ((order = a.IsReady.CompareTo(b.IsReady)) != 0) return order;
        if ((order = a.Cost.CompareTo(b.Cost)) != 0) return order;
        if ((order = b.Rank.CompareTo(a.Rank)) != 0) return order;
        if (a.IsReady && a.ReadySince != b.ReadySince && (order = Younger(a, a.ReadySince, b, b.ReadySince)) != 0) return order;
        if ((order = b.Restarts.CompareTo(a.Restarts)) != 0) return order;
        if (a.Pod.Metadata.CreationTimestamp != b.Pod.Metadata.CreationTimestamp && (order = Younger(a, a.Pod.Metadata.CreationTimestamp, b, b.Pod.Metadata.CreationTimestamp)) != 0) return order;
        return string.CompareOrdinal(a.Pod.Metadata.Uid, b.Pod.Metadata.Uid);
    }

    /// <summary>The younger goes first, but ages of the same magnitude count as equal, so that not always the newest go.</summary>
    private static int Younger(Ranked a, DateTimeOffset? aSince, Ranked b, DateTimeOffset? bSince)
    {
        if (aSince is null || bSince is null) return aSince is null ? -1 : 1;
        var order = Magnitude(a.Now - aSince.Value).CompareTo(Magnitude(a.Now - bSince.Value));
        return order != 0 ? order : string.CompareOrdinal(a.Pod.Metadata.Uid, b.Pod.Metadata.Uid);
    }

    private static long Magnitude(TimeSpan age) => age <= TimeSpan.Zero ? -1 : (long)Math.Log2(age.TotalNanoseconds);

    private static int Phase(Pod pod) => pod.Status.Phase switch { PodPhase.Pending => 0, PodPhase.Unknown => 1, PodPhase.Running => 2, _ => 0 };

    private sealed record Ranked(Pod Pod, int Rank, DateTimeOffset Now)
    {
        public bool IsReady { get; } = Pod.IsReady();

        public DateTimeOffset? ReadySince { get; } = Pod.ReadyCondition()?.LastTransitionTime;

        public int Cost { get; } = int.TryParse(Pod.Metadata.Annotations.GetValueOrDefault(DeletionCost), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

        public int Restarts { get; } = Pod.Status.ContainerStatuses.Select(c => c.RestartCount).DefaultIfEmpty().Max();
    }
}
