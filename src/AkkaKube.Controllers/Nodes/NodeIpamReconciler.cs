using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Nodes;

/// <summary>Writes into a node the range of addresses that it got.</summary>
internal sealed class NodeIpamReconciler(Lister<Node> nodes, PodCidrs ranges) : IReconciler
{
    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (nodes.Find(key) is not { Spec.PodCIDR: null } node) return [];
        if (ranges.Allocate(key.Name) is not { } range) return [Write.Record(node, "Normal", "CIDRNotAvailable", $"Node {key.Name} status is now: CIDRNotAvailable"), Write.RetryLater()];
        return [Write.Patch(GroupVersionResource.Nodes, node, Encoding.UTF8.GetBytes($$$"""{"spec":{"podCIDR":"{{{range}}}","podCIDRs":["{{{range}}}"]}}"""))];
    }
}
