using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.Deployments;

/// <summary>Rolls Deployments out: one ReplicaSet for each version of the pod template, sized step by step.</summary>
internal static class DeploymentController
{
    public static readonly ControllerSpec Spec = new("deployment-controller", setup =>
    {
        Lister<ReplicaSet>? sets = null;
        var deployments = setup.Follow<Deployment>(GroupVersionResource.Deployments, change => [change.Object.Metadata.Key()]);
        sets = setup.Follow<ReplicaSet>(GroupVersionResource.ReplicaSets, change => DeploymentsOf(change, deployments));
        var pods = setup.Follow<Pod>(GroupVersionResource.Pods, change => DeploymentsOf(change, sets, deployments));
        return new DeploymentReconciler(deployments, sets, pods);
    });

    private static IEnumerable<ObjectKey> DeploymentsOf(Change<ReplicaSet> change, Lister<Deployment> deployments)
    {
        var (before, after) = (Controller(change.Old, deployments)?.Metadata.Key(), Controller(change.New, deployments)?.Metadata.Key());
        if (before is not null) yield return before.Value;
        if (after is not null && after != before) yield return after.Value;
        if (change.New is not { } set || set.Metadata.ControllerRef() is not null) yield break;
        foreach (var deployment in deployments.InNamespace(set.Metadata.Namespace))
            if (Selector.From(deployment.Spec.Selector).Matches(set.Metadata.Labels)) yield return deployment.Metadata.Key();
    }

    /// <summary>Only Recreate cares for single pods: it waits until the last of the old ones has ended.</summary>
    private static IEnumerable<ObjectKey> DeploymentsOf(Change<Pod> change, Lister<ReplicaSet> sets, Lister<Deployment> deployments)
    {
        if (change.New is { } pod && !pod.IsTerminal()) yield break;
        if (change.Object.Metadata.ControllerRef() is not { Kind: "ReplicaSet" } reference) yield break;
        if (Controller(sets.Find(change.Object.Metadata.Namespace, reference.Name), deployments) is { Spec.Strategy.Type: DeploymentStrategyType.Recreate } deployment) yield return deployment.Metadata.Key();
    }

    private static Deployment? Controller(ReplicaSet? set, Lister<Deployment> deployments) =>
        set?.Metadata.ControllerRef() is { Kind: "Deployment" } reference
        && deployments.Find(set.Metadata.Namespace, reference.Name) is { } deployment && deployment.Metadata.Uid == reference.Uid ? deployment : null;
}
