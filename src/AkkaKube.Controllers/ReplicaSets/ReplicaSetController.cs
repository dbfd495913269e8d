using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as each ReplicaSet asks for.</summary>
internal static class ReplicaSetController
{
    public static readonly ControllerSpec Spec = new("replicaset-controller", setup =>
    {
        var sets = setup.Follow<ReplicaSet>(GroupVersionResource.ReplicaSets, change => [change.Object.Metadata.Key()]);
        var pods = setup.Follow<Pod>(GroupVersionResource.Pods, change => SetsOf(change, sets));
        return new ReplicaSetReconciler(sets, pods);
    });

    /// <summary>The sets that a change of a pod concerns: its controller before and after, or whoever might adopt it.</summary>
    internal static IEnumerable<ObjectKey> SetsOf(Change<Pod> change, Lister<ReplicaSet> sets)
    {
        var (before, after) = (Controller(change.Old, sets), Controller(change.New, sets));
        if (before is not null) yield return before.Value;
        if (after is not null && after != before) yield return after.Value;
        if (change.New is not { } pod || pod.Metadata.ControllerRef() is not null) yield break;
        if (change.Old is { } old && old.Metadata.Labels == pod.Metadata.Labels && old.Metadata.ControllerRef() is null) yield break;
        foreach (var set in sets.InNamespace(pod.Metadata.Namespace))
            if (Selector.From(set.Spec.Selector).Matches(pod.Metadata.Labels)) yield return set.Metadata.Key();
    }

    private static ObjectKey? Controller(Pod? pod, Lister<ReplicaSet> sets) =>
        pod?.Metadata.ControllerRef() is { Kind: "ReplicaSet" } reference
        && sets.Find(pod.Metadata.Namespace, reference.Name) is { } set && set.Metadata.Uid == reference.Uid
            ? set.Metadata.Key() : null;
}
