using AkkaKube.Api.Apps.V1;

namespace AkkaKube.Controllers.Deployments;

/// <summary>Sizes after the Deployment was scaled in the middle of a rollout: each set keeps its share, so that a bad template does not spread by scaling.</summary>
internal static class ProportionalScaling
{
    public static IEnumerable<(ReplicaSet Set, int Size)> Sizes(Rollout rollout)
    {
        var active = rollout.Active.ToList();
        if (active.Count <= 1)
        {
            var only = active.FirstOrDefault() ?? rollout.New ?? rollout.Old.LastOrDefault();
            return only is null || only.Size() == rollout.Desired ? [] : [(only, rollout.Desired)];
        }

        if (IsSaturated(rollout)) return rollout.Old.Where(s => s.Size() > 0).Select(s => (s, 0));
        return rollout.IsRolling ? Shares(rollout, active) : [];
    }

    private static IEnumerable<(ReplicaSet Set, int Size)> Shares(Rollout rollout, List<ReplicaSet> active)
    {
        var allowed = rollout.Desired > 0 ? rollout.Desired + rollout.MaxSurge : 0;
        var toAdd = allowed - active.Sum(s => s.Size());

        // The largest set first. Of sets of the same size, the newer one grows first and the older one shrinks first.
        active = toAdd > 0
            ? [.. active.OrderByDescending(s => s.Size()).ThenByDescending(s => s.Metadata.CreationTimestamp).ThenByDescending(s => s.Metadata.Name, StringComparer.Ordinal)]
            : [.. active.OrderByDescending(s => s.Size()).ThenBy(s => s.Metadata.CreationTimestamp).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal)];
        var added = 0;
        var sizes = new int[active.Count];
        for (var i = 0; i < active.Count; i++)
        {
            var share = Share(rollout, active[i], toAdd, added);
            sizes[i] = active[i].Size() + share;
            added += share;
        }

        // What rounding left over goes to the largest.
        sizes[0] = Math.Max(0, sizes[0] + toAdd - added);
        return active.Zip(sizes);
    }

    private static int Share(Rollout rollout, ReplicaSet set, int toAdd, int added)
    {
        if (toAdd == 0 || toAdd == added) return 0;
        var fraction = Fraction(rollout, set);
        var left = toAdd - added;
        return toAdd > 0 ? Math.Min(fraction, left) : Math.Max(fraction, left);
    }

    private static int Fraction(Rollout rollout, ReplicaSet set)
    {
        if (rollout.Desired == 0) return -set.Size();
        var before = Annotations.MaxOf(set) is { } max and not 0 ? max : rollout.Deployment.Status.Replicas;
        if (before == 0) return 0;
        var size = set.Size() * (double)(rollout.Desired + rollout.MaxSurge) / before;
        return (int)Math.Round(size, MidpointRounding.AwayFromZero) - set.Size();
    }

    private static bool IsSaturated(Rollout rollout) =>
        rollout.New is { } set && Annotations.DesiredOf(set) == rollout.Desired && set.Size() == rollout.Desired && set.Status.AvailableReplicas == rollout.Desired;
}
