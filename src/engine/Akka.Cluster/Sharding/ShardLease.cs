namespace Akka.Cluster.Sharding;

/// <summary>The lease that says who has a shard.</summary>
internal static class ShardLease
{
    /// <summary>What the leases of a type begin with.</summary>
    public static string Prefix(string typeName) => $"shard/{typeName}/";

    /// <summary>The lease of a shard.</summary>
    public static string Name(string typeName, string shard) => Prefix(typeName) + shard;
}
