using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.Nodes;

/// <summary>Decides when a pod has to leave its node.</summary>
internal sealed class TaintEvictionReconciler(Lister<Pod> pods, Lister<Node> nodes) : IReconciler
{
    private const string Reason = "TaintManagerEviction";
    private readonly HashSet<ObjectKey> _announced = [];

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (pods.Find(key) is not { Spec.NodeName: { } name } pod || pod.Metadata.DeletionTimestamp is not null || pod.IsTerminal())
        {
            _announced.Remove(key);
            return [];
        }

        var taints = nodes.Find(null, name)?.Spec.Taints.Where(t => t.Effect == TaintEffect.NoExecute).ToList() ?? [];
        var deadline = Deadline(pod, taints, now);
        if (deadline is null)
            return _announced.Remove(key) && taints.Count == 0 ? [Write.Record(pod, "Normal", Reason, $"Cancelling deletion of Pod {key.Namespace}/{key.Name}")] : [];
        if (deadline > now)
        {
            _announced.Add(key);
            return [Write.Requeue(deadline.Value - now)];
        }

        _announced.Remove(key);
        var status = pod.Status.Disrupted("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", now);
        return
        [
            Write.Record(pod, "Normal", Reason, $"Marking for deletion Pod {key.Namespace}/{key.Name}"),
            Write.UpdateStatus(GroupVersionResource.Pods, pod with { Status = status }) with { Then = _ => [Write.Delete(GroupVersionResource.Pods, pod)] },
        ];
    }

    /// <summary>When the pod has to leave: at once where it does not tolerate a taint, else when the shortest of its tolerations ends; null if it may stay.</summary>
    internal static DateTimeOffset? Deadline(Pod pod, IReadOnlyList<Taint> taints, DateTimeOffset now)
    {
        DateTimeOffset? earliest = null;
        foreach (var taint in taints)
        {
            var tolerations = pod.Spec.Tolerations.Where(t => Tolerates(t, taint)).ToList();
            if (tolerations.Count == 0) return now;
            if (tolerations.Min(t => t.TolerationSeconds) is not { } seconds) continue;
            var end = (taint.TimeAdded ?? now) + TimeSpan.FromSeconds(Math.Max(0, seconds));
            if (earliest is null || end < earliest) earliest = end;
        }

        return earliest;
    }

    private static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect is null or "" || toleration.Effect == taint.Effect)
        && (toleration.Key is null or "" ? toleration.Operator == "Exists" : toleration.Key == taint.Key)
        && (toleration.Operator == "Exists" || (toleration.Value ?? "") == (taint.Value ?? ""));
}
