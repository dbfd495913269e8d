using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.PodGc;

/// <summary>Removes pods that nobody removes: those of nodes that are gone, those deleted before they had a node, and ended ones that are too many.</summary>
internal static class PodGcController
{
    public static readonly ControllerSpec Spec = new("pod-garbage-collector", setup =>
    {
        var settings = PodGcSettings.From(setup.Config);
        Lister<Pod>? pods = null;
        StoreIndex<Pod>? byNode = null;
        pods = setup.Follow<Pod>(GroupVersionResource.Pods, PodsToLookAt);
        byNode = pods.IndexBy(p => p.Spec.NodeName);
        var nodes = setup.Follow<Node>(GroupVersionResource.Nodes, change => change.New is null ? [.. byNode[change.Object.Metadata.Name ?? ""].Select(p => p.Metadata.Key())] : []);
        return new PodGcReconciler(pods, nodes, settings);
    });

    private static IEnumerable<ObjectKey> PodsToLookAt(Change<Pod> change)
    {
        if (change.New is not { } pod) yield break;
        var isNew = change.Old is null || change.Old.Spec.NodeName != pod.Spec.NodeName;
        var isEnding = pod.Metadata.DeletionTimestamp is not null && pod.Spec.NodeName is null;
        if (isNew || isEnding) yield return pod.Metadata.Key();
        if (pod.IsTerminal() && change.Old?.IsTerminal() != true) yield return PodGcReconciler.Ended;
    }
}
