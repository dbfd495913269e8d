using AkkaKube.Api;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Nodes;

/// <summary>Notices nodes whose kubelet is silent, and taints nodes by their conditions.</summary>
internal static class NodeLifecycleController
{
    private const string LeaseNamespace = "kube-node-lease";

    public static readonly ControllerSpec Spec = new("node-controller", setup =>
    {
        var settings = NodeLifecycleSettings.From(setup.Config);
        var heartbeats = new Heartbeats();
        var readiness = new NodeReadiness();
        var nodes = setup.Follow<Node>(GroupVersionResource.Nodes, change =>
        {
            readiness.Note(change);
            return [change.Object.Metadata.Key()];
        });
        var leases = setup.Follow<Lease>(
            GroupVersionResource.Leases, change => change.Object.Metadata.Namespace == LeaseNamespace && heartbeats.IsLate(change.Object.Metadata.Name ?? "") ? [new ObjectKey(null, change.Object.Metadata.Name ?? "")] : []);
        var pods = setup.Follow<Pod>(GroupVersionResource.Pods);
        return new NodeLifecycleReconciler(nodes, leases, pods, heartbeats, readiness, settings);
    });
}
