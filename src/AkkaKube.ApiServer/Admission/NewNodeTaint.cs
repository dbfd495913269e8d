using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.Admission;

/// <summary>Nothing is scheduled to a new node before it was seen ready (Kubernetes: TaintNodesByCondition).</summary>
internal static class NewNodeTaint
{
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string NoSchedule = "NoSchedule";

    public static Node Admit(Node node) =>
        node.Spec.Taints.Any(taint => taint.Key == NotReady && taint.Effect == NoSchedule)
            ? node
            : node with { Spec = node.Spec with { Taints = [.. node.Spec.Taints, new Taint { Key = NotReady, Effect = NoSchedule }] } };
}
