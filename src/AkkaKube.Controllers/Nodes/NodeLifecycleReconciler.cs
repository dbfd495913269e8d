using AkkaKube.Api;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.Nodes;

/// <summary>Keeps what the cluster believes of a node in step with what the node says, or no longer says.</summary>
internal sealed class NodeLifecycleReconciler(
    Lister<Node> nodes, Lister<Lease> leases, Lister<Pod> pods, Heartbeats heartbeats, NodeReadiness readiness, NodeLifecycleSettings settings) : IReconciler
{
    private readonly StoreIndex<Pod> _byNode = pods.IndexBy(p => p.Spec.NodeName);
    private readonly Dictionary<string, Node> _known = [];

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (nodes.Find(key) is not { } node)
        {
            heartbeats.Forget(key.Name);
            if (_known.Remove(key.Name, out var gone)) yield return Write.Record(gone, "Normal", "RemovingNode", $"Node {key.Name} event: Removing Node {key.Name} from Controller");
            yield break;
        }

        if (!_known.ContainsKey(key.Name)) yield return Write.Record(node, "Normal", "RegisteredNode", $"Node {key.Name} event: Registered Node {key.Name} in Controller");
        _known[key.Name] = node;
        var last = heartbeats.Note(node, leases.Find("kube-node-lease", key.Name), now);
        var isNew = NodeConditions.StatusOf(node, "Ready") == ConditionStatus.Unknown && node.Status.Conditions.All(c => c.Type != "Ready");
        var deadline = last + (isNew ? settings.StartupGracePeriod : settings.GracePeriod);
        var isLate = deadline <= now;
        heartbeats.SetLate(key.Name, isLate);
        if (!isLate) yield return Write.Requeue(deadline - now);

        var conditions = isLate ? NodeConditions.Unknown(node, now) : node.Status.Conditions;
        if (conditions != node.Status.Conditions)
        {
            // The taints follow when the new conditions are seen.
            var turned = NodeConditions.StatusOf(node, "Ready") == ConditionStatus.True;
            yield return Write.UpdateStatus(GroupVersionResource.Nodes, node with { Status = node.Status with { Conditions = conditions } }) with
            {
                Then = _ => turned ? [Write.Record(node, "Normal", "NodeNotReady", $"Node {key.Name} status is now: NodeNotReady"), .. Unready(node, now)] : [],
            };
            yield break;
        }

        if (NodeConditions.StatusOf(node, "Ready") != ConditionStatus.True)
            foreach (var write in Unready(node, now)) yield return write;
        var taints = NodeTaints.Of(node, evicts: !readiness.IsNoneReady, now);
        if (taints != node.Spec.Taints) yield return Write.Update(GroupVersionResource.Nodes, node with { Spec = node.Spec with { Taints = taints } });
    }

    /// <summary>No traffic goes to the pods of a node that is not ready.</summary>
    private IEnumerable<Write> Unready(Node node, DateTimeOffset now) => _byNode[node.Metadata.Name ?? ""]
        .Where(p => p.IsReady() && !p.IsTerminal())
        .ToList()
        .SelectMany(IEnumerable<Write> (pod) =>
        [
            Write.Record(pod, "Warning", "NodeNotReady", "Node is not ready"),
            Write.UpdateStatus(GroupVersionResource.Pods, pod with { Status = pod.Status.With(pod.ReadyCondition()! with { Status = ConditionStatus.False, LastTransitionTime = now }) }),
        ]);
}
