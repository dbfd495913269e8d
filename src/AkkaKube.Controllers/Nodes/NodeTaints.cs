using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Controllers.Nodes;

/// <summary>The taints that follow from what a node's conditions and spec say.</summary>
internal static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    public const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly (string Condition, string Status, string Taint)[] ByCondition =
    [
        ("Ready", ConditionStatus.False, NotReady),
        ("Ready", ConditionStatus.Unknown, Unreachable),
        ("MemoryPressure", ConditionStatus.True, "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", ConditionStatus.True, "node.kubernetes.io/disk-pressure"),
        ("NetworkUnavailable", ConditionStatus.True, "node.kubernetes.io/network-unavailable"),
        ("PIDPressure", ConditionStatus.True, "node.kubernetes.io/pid-pressure"),
    ];

    private static readonly HashSet<string> Managed = [.. ByCondition.Select(c => c.Taint), Unschedulable];

    /// <summary>The taints of a node as they should be. Taints of others stay.</summary>
    /// <param name="node">The node.</param>
    /// <param name="evicts">Whether pods are to leave a node that is not ready.</param>
    /// <param name="now">The time.</param>
    public static ValueList<Taint> Of(Node node, bool evicts, DateTimeOffset now)
    {
        List<(string Key, string Effect)> wanted = [];
        foreach (var (condition, status, taint) in ByCondition)
            if (node.Status.Conditions.FirstOrDefault(c => c.Type == condition)?.Status == status) wanted.Add((taint, TaintEffect.NoSchedule));

        if (node.Spec.Unschedulable) wanted.Add((Unschedulable, TaintEffect.NoSchedule));
        var isLost = wanted.Find(w => w.Key is NotReady or Unreachable).Key;
        if (isLost is not null && evicts) wanted.Add((isLost, TaintEffect.NoExecute));

        // A node that has not said anything yet stays as the API server admitted it: not ready.
        if (node.Status.Conditions.All(c => c.Type != "Ready") && node.Spec.Taints.Any(t => t is { Key: NotReady, Effect: TaintEffect.NoSchedule })) wanted.Add((NotReady, TaintEffect.NoSchedule));

        List<Taint> taints = [];
        foreach (var taint in node.Spec.Taints)
        {
            var isManaged = Managed.Contains(taint.Key) && taint.Effect is TaintEffect.NoSchedule or TaintEffect.NoExecute && !(taint.Key == Unschedulable && taint.Effect == TaintEffect.NoExecute);
            if (!isManaged || wanted.Remove((taint.Key, taint.Effect)) || (isLost == taint.Key && taint.Effect == TaintEffect.NoExecute)) taints.Add(taint);
        }

        taints.AddRange(wanted.Select(w => new Taint { Key = w.Key, Effect = w.Effect, TimeAdded = now }));
        return taints.SequenceEqual(node.Spec.Taints) ? node.Spec.Taints : [.. taints];
    }
}
