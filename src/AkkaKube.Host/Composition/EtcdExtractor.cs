using Akka.Cluster.Sharding;
using AkkaKube.Etcd;

namespace AkkaKube.Host.Composition;

/// <summary>Each resource type is an entity, and a shard of its own: they move one by one.</summary>
internal sealed class EtcdExtractor : IMessageExtractor
{
    public string? EntityId(object message) => (message as EtcdEntity.ToShard)?.Resource;

    public object? EntityMessage(object message) => (message as EtcdEntity.ToShard)?.Message;

    public string? ShardId(object message) => EntityId(message);

    public string ShardId(string entityId, object? messageHint = null) => entityId;
}
