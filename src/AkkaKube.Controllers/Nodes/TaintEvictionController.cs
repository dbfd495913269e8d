using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Nodes;

/// <summary>Deletes pods from nodes with NoExecute taints that they do not tolerate, or no longer.</summary>
internal static class TaintEvictionController
{
    public static readonly ControllerSpec Spec = new("taint-eviction-controller", setup =>
    {
        var pods = setup.Follow<Pod>(
            GroupVersionResource.Pods,
            change => change.New is { Spec.NodeName: not null } pod && (change.Old is null || change.Old.Spec.NodeName is null || change.Old.Spec.Tolerations != pod.Spec.Tolerations) ? [pod.Metadata.Key()] : []);
        var byNode = pods.IndexBy(p => p.Spec.NodeName);
        var nodes = setup.Follow<Node>(
            GroupVersionResource.Nodes, change => Evicting(change.Old) == Evicting(change.New) ? [] : [.. byNode[change.Object.Metadata.Name ?? ""].Select(p => p.Metadata.Key())]);
        return new TaintEvictionReconciler(pods, nodes);
    });

    private static ValueList<Taint> Evicting(Node? node) => node is null ? [] : [.. node.Spec.Taints.Where(t => t.Effect == TaintEffect.NoExecute)];
}
