using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Nodes;

/// <summary>Gives every node a range of addresses for its pods.</summary>
internal static class NodeIpamController
{
    public static readonly ControllerSpec Spec = new("node-ipam-controller", setup =>
    {
        var ranges = new PodCidrs(setup.Config.GetStringList("akkakube.controllers.node-ipam.cluster-cidrs"), setup.Config.GetInt("akkakube.controllers.node-ipam.node-mask"));
        var nodes = setup.Follow<Node>(GroupVersionResource.Nodes, change =>
        {
            if (change.New is null) ranges.Release(change.Object.Metadata.Name ?? "");
            else if (change.New.Spec.PodCIDR is { } taken) ranges.Occupy(change.New.Metadata.Name ?? "", taken);
            return change.New is { Spec.PodCIDR: null } ? [change.Object.Metadata.Key()] : [];
        });
        return new NodeIpamReconciler(nodes, ranges);
    })
    {
        Component = "cidrAllocator",
    };
}
