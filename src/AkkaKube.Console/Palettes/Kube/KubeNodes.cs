using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Lists the nodes as the API server has them.</summary>
internal sealed class KubeNodes : ApiQuestion
{
    public KubeNodes(Invocation call)
        : base(call)
    {
        Receive<Listed>(listed => End(new Document.Table(["NODE", "READY", "REASON", "ADDRESS", "POD-CIDR", "TAINTS"], [.. listed.Items.Select(i => Row(i.As<Node>()))])));
        Ask(new List(GroupVersionResource.Nodes) { User = User });
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new KubeNodes(call));

    private static ValueList<Cell> Row(Node node)
    {
        var ready = node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready");
        return
        [
            node.Metadata.Name,
            ready?.Status ?? "Unknown",
            ready?.Reason,
            node.Status.Addresses.FirstOrDefault(a => a.Type == "InternalIP")?.Address,
            node.Spec.PodCIDR,
            string.Join(' ', node.Spec.Taints.Select(t => $"{t.Key}:{t.Effect}")),
        ];
    }
}
