using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Client.Ownership;

namespace AkkaKube.Controllers.Deployments;

/// <summary>What a Deployment notes on its ReplicaSets: revisions, and the size they belong to.</summary>
internal static class Annotations
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string RevisionHistory = "deployment.kubernetes.io/revision-history";
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";
    private const int MaxHistoryLength = 2000;

    private static readonly HashSet<string> NotCopied =
        ["kubectl.kubernetes.io/last-applied-configuration", "deprecated.deployment.rollback.to", Revision, RevisionHistory, DesiredReplicas, MaxReplicas];

    /// <summary>The revision of a set; 0 where it has none that can be read.</summary>
    public static long RevisionOf(ReplicaSet set) => long.TryParse(set.Metadata.Annotations.GetValueOrDefault(Revision), NumberStyles.Integer, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    /// <summary>For what size of the Deployment the set got its own size; null where it does not say.</summary>
    public static int? DesiredOf(ReplicaSet set) => Number(set, DesiredReplicas);

    /// <summary>How many pods all sets might have together when the set got its size; null where it does not say.</summary>
    public static int? MaxOf(ReplicaSet set) => Number(set, MaxReplicas);

    /// <summary>The annotations of a set whose size is that of the Deployment now.</summary>
    public static ValueMap<string> ForSize(ValueMap<string> annotations, Rollout rollout)
    {
        var desired = rollout.Desired.ToString(CultureInfo.InvariantCulture);
        var max = (rollout.Desired + rollout.MaxSurge).ToString(CultureInfo.InvariantCulture);
        return annotations.GetValueOrDefault(DesiredReplicas) == desired && annotations.GetValueOrDefault(MaxReplicas) == max
            ? annotations
            : annotations.SetItem(DesiredReplicas, desired).SetItem(MaxReplicas, max);
    }

    /// <summary>The annotations of the new set: the Deployment's own, and a revision above all others. A set that had a lower one was rolled back to, and remembers it.</summary>
    public static ValueMap<string> ForNew(ValueMap<string> annotations, Deployment deployment, long revision)
    {
        foreach (var (name, value) in deployment.Metadata.Annotations)
            if (!NotCopied.Contains(name) && annotations.GetValueOrDefault(name) != value) annotations = annotations.SetItem(name, value);
        var text = annotations.GetValueOrDefault(Revision);
        var current = 0L;
        if (text is not null && !long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out current)) return annotations;
        if (current >= revision) return annotations;
        if (text is not null) annotations = WithHistory(annotations, text);
        return annotations.SetItem(Revision, revision.ToString(CultureInfo.InvariantCulture));
    }

    private static ValueMap<string> WithHistory(ValueMap<string> annotations, string revision)
    {
        var past = annotations.GetValueOrDefault(RevisionHistory)?.Split(',', StringSplitOptions.RemoveEmptyEntries).ToList() ?? [];
        past.Add(revision);
        while (past.Count > 1 && past.Sum(p => p.Length + 1) - 1 > MaxHistoryLength) past.RemoveAt(0);
        return annotations.SetItem(RevisionHistory, string.Join(',', past));
    }

    private static int? Number(ReplicaSet set, string name) =>
        int.TryParse(set.Metadata.Annotations.GetValueOrDefault(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
