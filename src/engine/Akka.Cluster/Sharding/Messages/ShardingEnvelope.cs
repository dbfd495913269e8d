using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>A message with the id of the entity that it is for; every region understands it, whatever its extractor says.</summary>
public sealed class ShardingEnvelope : IClusterShardingSerializable, IWrappedMessage, IEquatable<ShardingEnvelope>
{
    /// <summary>Creates an envelope.</summary>
    public ShardingEnvelope(string entityId, object message)
    {
        EntityId = entityId;
        Message = message;
    }

    /// <summary>The entity.</summary>
    public string EntityId { get; }

    /// <summary>What the entity gets.</summary>
    public object Message { get; }

    /// <inheritdoc />
    public bool Equals(ShardingEnvelope? other) => other is not null && EntityId == other.EntityId && Message.Equals(other.Message);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ShardingEnvelope);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(EntityId, Message);

    /// <inheritdoc />
    public override string ToString() => $"ShardingEnvelope({EntityId}, {Message})";
}
