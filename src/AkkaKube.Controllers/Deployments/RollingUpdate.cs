using AkkaKube.Api.Apps.V1;

namespace AkkaKube.Controllers.Deployments;

/// <summary>The next step of a rolling update: up to maxSurge pods more than desired, at most maxUnavailable of the desired ones missing.</summary>
internal static class RollingUpdate
{
    /// <summary>The size of the new set that the surge allows now.</summary>
    public static int NewSize(Rollout rollout)
    {
        var size = rollout.New!.Size();
        if (!rollout.IsRolling) return rollout.Desired;
        var room = rollout.Desired + rollout.MaxSurge - rollout.TotalSize;
        return room <= 0 ? size : size + Math.Min(room, rollout.Desired - size);
    }

    /// <summary>The new set's next size, where it has not the desired one.</summary>
    public static IEnumerable<(ReplicaSet Set, int Size)> Up(Rollout rollout)
    {
        var (set, desired) = (rollout.New!, rollout.Desired);
        if (set.Size() == desired) yield break;
        var size = set.Size() > desired ? desired : NewSize(rollout);
        if (size != set.Size()) yield return (set, size);
    }

    /// <summary>The next sizes of the old sets: pods that do not work go first, then as many as may be missing, from the oldest set on.</summary>
    public static IEnumerable<(ReplicaSet Set, int Size)> Down(Rollout rollout)
    {
        var old = rollout.Old.Where(s => s.Size() > 0).ToList();
        var newest = rollout.New!;
        var minAvailable = rollout.Desired - rollout.MaxUnavailable;
        var newUnavailable = newest.Size() - newest.Status.AvailableReplicas;
        var allowed = rollout.TotalSize - minAvailable - newUnavailable;
        if (old.Count == 0 || allowed <= 0) yield break;

        var sizes = old.ConvertAll(s => s.Size());
        var spared = allowed;
        for (var i = 0; i < old.Count; i++)
        {
            var broken = Math.Clamp(old[i].Size() - old[i].Status.AvailableReplicas, 0, spared);
            sizes[i] -= broken;
            spared -= broken;
        }

        var surplus = Math.Max(0, newest.Status.AvailableReplicas + old.Sum(s => s.Status.AvailableReplicas) - minAvailable);
        for (var i = 0; i < old.Count; i++)
        {
            var less = Math.Min(surplus, sizes[i]);
            sizes[i] -= less;
            surplus -= less;
        }

        for (var i = 0; i < old.Count; i++)
            if (sizes[i] != old[i].Size()) yield return (old[i], sizes[i]);
    }
}
