using Akka.Cluster.Sharding;
using AkkaKube.Kubelet;

namespace AkkaKube.Host.Composition;

/// <summary>Each node is an entity; a shard has many of them.</summary>
internal sealed class KubeletExtractor(int shards) : IMessageExtractor
{
    public string? EntityId(object message) => KubeletShards.NodeOf(message);

    public object? EntityMessage(object message) => message;

    public string? ShardId(object message) => KubeletShards.NodeOf(message) is { } node ? ShardId(node) : null;

    public string ShardId(string entityId, object? messageHint = null) => KubeletShards.ShardOf(entityId, shards);
}
