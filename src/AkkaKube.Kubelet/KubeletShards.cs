using System.Globalization;
using AkkaKube.Client.Requests;

namespace AkkaKube.Kubelet;

/// <summary>Which node a message to the kubelets is for, and which shard that node is in. The same on every host and in every version.</summary>
public static class KubeletShards
{
    /// <summary>The name of the sharded type.</summary>
    public const string TypeName = "kubelet";

    /// <summary>The node that a message is for; null: it is for none.</summary>
    public static string? NodeOf(object message) => message switch
    {
        KubeletEntity.Run run => run.Node,
        ReadLog read => read.Node,
        _ => null,
    };

    /// <summary>The shard of a node: FNV-1a over its name, mixed once more, as a number below <paramref name="shards"/>.</summary>
    public static string ShardOf(string node, int shards)
    {
        var hash = 2166136261u;
        foreach (var character in node) hash = unchecked((hash ^ character) * 16777619u);
        // Names that differ in their last digit alone must not fall into neighbouring shards.
        hash = unchecked((hash ^ (hash >> 15)) * 0x2c1b3c6du);
        hash ^= hash >> 13;
        return (hash % (uint)shards).ToString(CultureInfo.InvariantCulture);
    }
}
