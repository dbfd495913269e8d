using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Lists the nodes as the API server has them, and the hosts on which their kubelets run as the hosts say.</summary>
internal sealed class KubeNodes : ApiQuestion
{
    private static readonly ValueList<string> Columns = ["NODE", "READY", "REASON", "ADDRESS", "POD-CIDR", "HOST", "TAINTS"];

    private IReadOnlyList<Node>? _nodes;
    private Placement? _kubelets;

    public KubeNodes(Invocation call)
        : base(call)
    {
        var hosts = call.Services.Hosts.All(Context.System).ToLookup(h => h.IsReachable);
        Receive<Listed>(listed =>
        {
            _nodes = [.. listed.Items.Select(i => i.As<Node>())];
            EndWhenBothAreKnown();
        });
        Receive<HostQuestion.Answers>(answers =>
        {
            _kubelets = new Placement(answers, hosts[false].Select(h => h.Name));
            EndWhenBothAreKnown();
        });
        if (Ask(new List(GroupVersionResource.Nodes) { User = User })) Context.ActorOf(HostQuestion.Props(call.Services, [.. hosts[true]], ["console", "names-here", "kubelet"], Patience, Self));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new KubeNodes(call));

    private void EndWhenBothAreKnown()
    {
        if (_nodes is not null && _kubelets is not null) End(new Document.Table(Columns, [.. _nodes.Select(n => Row(n, _kubelets.HostsOf(n.Metadata.Name)))]));
    }

    private static ValueList<Cell> Row(Node node, string host)
    {
        var ready = node.Status.Conditions.FirstOrDefault(c => c.Type == "Ready");
        return
        [
            node.Metadata.Name,
            ready?.Status ?? "Unknown",
            ready?.Reason,
            node.Status.Addresses.FirstOrDefault(a => a.Type == "InternalIP")?.Address,
            node.Spec.PodCIDR,
            host,
            string.Join(' ', node.Spec.Taints.Select(t => $"{t.Key}:{t.Effect}")),
        ];
    }
}
