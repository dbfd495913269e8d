using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Controllers.Nodes;

/// <summary>What a node's conditions become when its kubelet is silent.</summary>
internal static class NodeConditions
{
    private static readonly string[] Reported = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    public static string StatusOf(Node node, string type) => node.Status.Conditions.FirstOrDefault(c => c.Type == type)?.Status ?? ConditionStatus.Unknown;

    /// <summary>Every condition that the kubelet reports is unknown now.</summary>
    public static ValueList<NodeCondition> Unknown(Node node, DateTimeOffset now)
    {
        List<NodeCondition> conditions = [.. node.Status.Conditions];
        foreach (var type in Reported)
        {
            var i = conditions.FindIndex(c => c.Type == type);
            if (i < 0)
            {
                conditions.Add(new NodeCondition
                {
                    Type = type,
                    Status = ConditionStatus.Unknown,
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
                    LastTransitionTime = now,
                });
            }
            else if (conditions[i].Status != ConditionStatus.Unknown)
            {
                conditions[i] = conditions[i] with { Status = ConditionStatus.Unknown, Reason = "NodeStatusUnknown", Message = "Kubelet stopped posting node status.", LastTransitionTime = now };
            }
        }

        return [.. conditions];
    }
}
