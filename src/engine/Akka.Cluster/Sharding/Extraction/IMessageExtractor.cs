namespace Akka.Cluster.Sharding;

/// <summary>Says which entity a message is for, and in which shard the entity is.</summary>
public interface IMessageExtractor
{
    /// <summary>The entity; null for a message that is for none.</summary>
    string? EntityId(object message);

    /// <summary>What the entity gets, e.g. the inside of an envelope.</summary>
    object? EntityMessage(object message);

    /// <summary>The shard of the message's entity; null for a message that is for none.</summary>
    [Obsolete("Use ShardId(EntityId, object) instead.")]
    string? ShardId(object message);

    /// <summary>The shard of an entity.</summary>
    string ShardId(string entityId, object? messageHint = null);
}
